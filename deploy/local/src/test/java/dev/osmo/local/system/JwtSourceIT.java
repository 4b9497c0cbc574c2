package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.client.Credential;
import dev.osmo.client.ExchangeException;
import dev.osmo.client.ExchangeException.Kind;
import dev.osmo.client.Jwt;
import dev.osmo.client.JwtSource;
import dev.osmo.client.OsmoHttpClient;
import dev.osmo.client.rest.OsmoJwtFilter;
import dev.osmo.local.system.Interposed.Answer;
import dev.osmo.testkit.waiting.Patience;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** JWTs for Java programs that call a server. */
class JwtSourceIT extends ClientLibrary {
  private static final String EXCHANGE = "POST /oauth2/token";

  /** When the library renews a JWT although it has not expired. */
  private static final Duration NEARLY_EXPIRED = Duration.ofSeconds(293);

  @Test
  void a_crowd_causes_one_exchange() throws Exception {
    JwtSource jwts = source().build();
    Set<String> seen = new HashSet<>();
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Jwt>> all = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        all.add(crowd.submit(jwts::current));
      }
      for (Future<Jwt> each : all) {
        seen.add(each.get().text());
      }
    }

    assertThat(seen).hasSize(1);
    assertThat(osmo.requests()).containsExactly(EXCHANGE);
  }

  @Test
  void a_request_is_sent_with_the_jwt_and_not_to_others() throws Exception {
    OsmoHttpClient client = new OsmoHttpClient(source().build());

    HttpResponse<String> response = client.send(get(osmo.url(PROFILE)), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains(USER);
    for (URI other :
        List.of(
            stranger.url(PROFILE),
            URI.create("http://127.0.0.1" + PROFILE),
            URI.create("https://127.0.0.1:" + osmo.url().getPort() + PROFILE),
            URI.create("http://localhost:" + osmo.url().getPort() + PROFILE))) {
      assertThatThrownBy(() -> client.send(get(other), BodyHandlers.ofString()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not for this address");
    }
    assertThat(stranger.requests()).isEmpty();
  }

  @Test
  void a_redirect_is_returned_and_neither_the_jwt_nor_the_token_follows_it() throws Exception {
    JwtSource jwts = source().build();
    osmo.answer(PROFILE, Answer.redirect(302, stranger.url(PROFILE).toString()));

    HttpResponse<String> response =
        new OsmoHttpClient(jwts).send(get(osmo.url(PROFILE)), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(302);
    osmo.answer("/oauth2/token", Answer.redirect(307, stranger.url("/oauth2/token").toString()));
    assertThatThrownBy(() -> source().build().current())
        .isInstanceOfSatisfying(
            ExchangeException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
    assertThat(stranger.requests()).isEmpty();
    HttpClient following =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    assertThatThrownBy(() -> source().httpClient(following).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("follows redirects");
  }

  @Test
  void a_token_is_not_sent_unencrypted_to_another_machine() {
    for (String address : List.of("http://osmo.example.com", "http://10.0.0.1:8080")) {
      assertThatThrownBy(() -> JwtSource.at(URI.create(address), Credential.ofToken(pat)).build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not encrypted");
      assertThatThrownBy(() -> source().sentTo(URI.create(address)).build())
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(osmo.requests()).isEmpty();
  }

  @Test
  @Tag("I3")
  void after_a_401_the_token_is_read_again_and_an_idempotent_request_is_repeated()
      throws Exception {
    Path file = Files.writeString(temp.resolve(name), pat + "\n");
    OsmoHttpClient client =
        new OsmoHttpClient(JwtSource.at(osmo.url(), Credential.ofTokenFile(file)).build());
    assertThat(status(client, get(osmo.url(PROFILE)))).isEqualTo(200);

    Files.writeString(file, rotatedWithoutGrace() + "\n");

    assertThat(status(client, get(osmo.url(PROFILE)))).isEqualTo(200);
    assertThat(osmo.count(EXCHANGE)).isEqualTo(2);
    assertThat(osmo.count("GET " + PROFILE)).isEqualTo(3);
  }

  @Test
  void after_a_401_a_post_is_not_repeated_but_the_next_one_has_a_new_jwt() throws Exception {
    Path file = Files.writeString(temp.resolve(name), pat + "\n");
    OsmoHttpClient client =
        new OsmoHttpClient(JwtSource.at(osmo.url(), Credential.ofTokenFile(file)).build());
    HttpRequest post =
        HttpRequest.newBuilder(osmo.url(PROFILE))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    assertThat(status(client, get(osmo.url(PROFILE)))).isEqualTo(200);
    Files.writeString(file, rotatedWithoutGrace() + "\n");

    HttpResponse<String> refused = client.send(post, BodyHandlers.ofString());

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).as("of the refusal").contains("\"status\":401");
    assertThat(osmo.count("POST " + PROFILE)).isEqualTo(1);
    assertThat(status(client, post)).isEqualTo(200);
    assertThat(osmo.count(EXCHANGE)).isEqualTo(2);
  }

  @Test
  void a_server_that_refuses_every_jwt_does_not_cause_an_exchange_for_each_request()
      throws Exception {
    MovableClock clock = new MovableClock();
    OsmoHttpClient client = new OsmoHttpClient(source().clock(clock).build());
    osmo.answer(PROFILE, new Answer(401, Map.of(), "no"));
    Instant start = Instant.now();

    for (int i = 0; i < 8; i++) {
      HttpResponse<String> response = client.send(get(osmo.url(PROFILE)), BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.body()).isEqualTo("no");
    }

    long allowed = 2 + Duration.between(start, Instant.now()).toSeconds() / 5;
    assertThat(osmo.count(EXCHANGE)).isBetween(2L, allowed);
  }

  @Test
  void a_valid_jwt_outlives_an_outage_of_the_exchange() throws Exception {
    MovableClock clock = new MovableClock();
    JwtSource jwts = source().clock(clock).build();
    Jwt first = jwts.current();
    osmo.answer("/oauth2/token", Answer.of(503));

    clock.advance(NEARLY_EXPIRED);

    assertThat(jwts.current()).isEqualTo(first);
    assertThat(osmo.count(EXCHANGE)).isEqualTo(2);
    clock.advance(Duration.ofSeconds(8));
    assertThatThrownBy(jwts::current)
        .isInstanceOfSatisfying(
            ExchangeException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    osmo.forward("/oauth2/token");
    assertThat(awaitJwt(jwts)).isNotEqualTo(first);
  }

  @Test
  void an_overloaded_server_is_left_alone_for_as_long_as_it_asks() throws Exception {
    MovableClock clock = new MovableClock();
    JwtSource jwts = source().clock(clock).build();
    osmo.answer("/oauth2/token", new Answer(429, Map.of("Retry-After", "600"), ""));

    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(jwts::current)
          .isInstanceOfSatisfying(
              ExchangeException.class,
              e -> assertThat(e.retryAfter()).contains(Duration.ofMinutes(10)));
    }

    osmo.forward("/oauth2/token");
    clock.advance(Duration.ofDays(1));
    assertThatThrownBy(jwts::current).as("in spite of the clock").isInstanceOf(IOException.class);
    assertThat(osmo.count(EXCHANGE)).isEqualTo(1);
  }

  @Test
  void after_the_time_that_it_asked_for_it_is_asked_again() throws Exception {
    JwtSource jwts = source().build();
    osmo.answer("/oauth2/token", new Answer(429, Map.of("Retry-After", "2"), ""));
    assertThatThrownBy(jwts::current).isInstanceOf(ExchangeException.class);

    osmo.forward("/oauth2/token");

    assertThat(awaitJwt(jwts)).isNotNull();
    assertThat(osmo.count(EXCHANGE)).isEqualTo(2);
  }

  @Test
  void a_401_does_not_shorten_that_time() throws Exception {
    MovableClock clock = new MovableClock();
    JwtSource jwts = source().clock(clock).build();
    OsmoHttpClient client = new OsmoHttpClient(jwts);
    Jwt first = jwts.current();
    osmo.answer("/oauth2/token", new Answer(429, Map.of("Retry-After", "600"), ""));
    clock.advance(NEARLY_EXPIRED);
    assertThat(jwts.current()).isEqualTo(first);
    assertThat(osmo.count(EXCHANGE)).isEqualTo(2);
    osmo.answer(PROFILE, Answer.of(401));

    assertThatThrownBy(() -> client.send(get(osmo.url(PROFILE)), BodyHandlers.ofString()))
        .isInstanceOfSatisfying(
            ExchangeException.class,
            e -> assertThat(e.retryAfter()).contains(Duration.ofMinutes(10)));

    jwts.refused(first);
    assertThat(jwts.current()).isEqualTo(first);
    assertThat(osmo.count(EXCHANGE)).isEqualTo(2);
  }

  /** One server refuses it, perhaps by mistake. Others still accept it. */
  @Test
  void a_jwt_that_a_server_refused_is_used_while_the_exchange_is_unavailable() throws Exception {
    JwtSource jwts = source().build();
    OsmoHttpClient client = new OsmoHttpClient(jwts);
    Jwt first = jwts.current();
    osmo.answer("/oauth2/token", Answer.of(503));
    osmo.answer(PROFILE, Answer.of(401));

    assertThatThrownBy(() -> client.send(get(osmo.url(PROFILE)), BodyHandlers.ofString()))
        .isInstanceOfSatisfying(
            ExchangeException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));

    osmo.forward(PROFILE);
    assertThat(status(client, get(osmo.url(PROFILE)))).isEqualTo(200);
    assertThat(jwts.current()).isEqualTo(first);
    osmo.forward("/oauth2/token");
    Awaitility.await().atMost(Patience.LONG).until(() -> !jwts.current().equals(first));
  }

  @Test
  void setting_the_clock_back_delays_no_attempt() throws Exception {
    MovableClock clock = new MovableClock();
    JwtSource jwts = source().clock(clock).build();
    osmo.answer("/oauth2/token", Answer.of(503));
    assertThatThrownBy(jwts::current).isInstanceOf(ExchangeException.class);
    osmo.forward("/oauth2/token");

    clock.advance(Duration.ofDays(-1));

    assertThat(awaitJwt(jwts)).isNotNull();
  }

  @Test
  void setting_the_clock_back_delays_no_replacement() throws Exception {
    MovableClock clock = new MovableClock();
    JwtSource jwts = source().clock(clock).build();
    assertThat(jwts.replacing(jwts.current())).isPresent();

    clock.advance(Duration.ofDays(-1));

    Jwt refused = jwts.current();
    Awaitility.await().atMost(Patience.LONG).until(() -> jwts.replacing(refused).isPresent());
  }

  @Test
  void setting_the_clock_back_does_not_prolong_a_jwt() throws Exception {
    MovableClock clock = new MovableClock();
    JwtSource jwts = source().clock(clock).build();
    osmo.answer("/oauth2/token", issued("2"));
    Jwt first = jwts.current();
    osmo.answer("/oauth2/token", Answer.of(503));

    clock.advance(Duration.ofDays(-1));

    Awaitility.await()
        .atMost(Patience.LONG)
        .untilAsserted(
            () ->
                assertThatThrownBy(jwts::current)
                    .as(first.toString())
                    .isInstanceOf(ExchangeException.class));
  }

  @Test
  @Tag("I3")
  void a_suspended_token_ends_the_use_of_its_jwt_and_the_reason_is_told() throws Exception {
    MovableClock clock = new MovableClock();
    JwtSource jwts = source().clock(clock).build();
    jwts.current();
    assertThat(admin.postEmpty(tokens(USER, name) + "/suspend").status()).isEqualTo(200);

    clock.advance(NEARLY_EXPIRED);

    assertThatThrownBy(jwts::current)
        .isInstanceOfSatisfying(
            ExchangeException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
        .hasMessageContaining("suspended")
        .hasMessageNotContaining(pat);
    assertThat(jwts.toString() + Credential.ofToken(pat)).doesNotContain(pat);
  }

  @Test
  void a_response_without_a_jwt_is_refused() throws Exception {
    for (String body :
        List.of("", "{}", "null", "<html>", "{\"access_token\":\"a b\",\"expires_in\":9}")) {
      osmo.answer("/oauth2/token", new Answer(200, Map.of(), body));

      assertThatThrownBy(() -> source().build().current())
          .isInstanceOf(ExchangeException.class)
          .hasMessageContaining("no valid JWT");
    }
    osmo.answer("/oauth2/token", new Answer(200, Map.of(), " ".repeat(100_000)));
    assertThatThrownBy(() -> source().build().current())
        .isInstanceOf(ExchangeException.class)
        .hasMessageContaining("larger than");
  }

  @Test
  void a_jwt_that_has_expired_is_refused() throws Exception {
    for (String seconds : List.of("0", "-1", "0.4", "-4294967295")) {
      osmo.answer("/oauth2/token", issued(seconds));

      assertThatThrownBy(() -> source().build().current())
          .as(seconds)
          .isInstanceOfSatisfying(
              ExchangeException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
    }
    osmo.answer("/oauth2/token", issued("4294967296"));
    assertThat(source().build().current().lifetime().length()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void a_workload_exchanges_the_token_of_its_platform() throws Exception {
    String owned = tokens(USER, name + "-w");
    assertThat(admin.postEmpty(owned + "?trust=test-ci:job-7").status()).isEqualTo(200);
    Path file = Files.writeString(temp.resolve(name), issuer.tokenOf("job-7"));

    Jwt jwt =
        JwtSource.at(osmo.url(), Credential.ofWorkloadTokenFile(file, USER + "/" + name + "-w"))
            .roles("osmo-user")
            .build()
            .current();

    assertThat(verifier("osmo").build().verify(jwt.text()).roles()).containsExactly("osmo-user");
  }

  @Test
  void the_filter_sends_the_jwt_with_a_rest_client() throws Exception {
    Path file = Files.writeString(temp.resolve(name), pat);
    OsmoJwtFilter filter =
        new OsmoJwtFilter(JwtSource.at(osmo.url(), Credential.ofTokenFile(file)).build());
    Client client = ClientBuilder.newClient().register(filter);
    try {
      assertThat(status(client, osmo.url(PROFILE))).isEqualTo(200);
      assertThatThrownBy(() -> status(client, stranger.url(PROFILE)))
          .hasStackTraceContaining("not for this address");
      assertThat(stranger.requests()).isEmpty();

      Files.writeString(file, rotatedWithoutGrace());

      assertThat(status(client, osmo.url(PROFILE))).as("a filter cannot repeat").isEqualTo(401);
      assertThat(status(client, osmo.url(PROFILE))).isEqualTo(200);
      assertThat(osmo.count(EXCHANGE)).isEqualTo(2);
    } finally {
      client.close();
    }
  }

  @Test
  void the_filter_leaves_the_header_of_the_caller_alone() throws Exception {
    OsmoJwtFilter filter = new OsmoJwtFilter(source().build());
    Client client = ClientBuilder.newClient().register(filter);
    try {
      String own = "Bearer " + Http.as(stack.url(), pat).jwt();

      assertThat(status(client, osmo.url(PROFILE), own)).isEqualTo(200);
      assertThat(status(client, osmo.url(PROFILE), "Basic eDp5")).isEqualTo(401);

      assertThat(osmo.count(EXCHANGE)).as("no JWT is needed, and none is replaced").isZero();
    } finally {
      client.close();
    }
  }

  /** Such as one that signs the headers. */
  @Test
  void filters_of_a_higher_priority_see_the_jwt() throws Exception {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    ClientRequestFilter other =
        request -> seen.add(String.valueOf(request.getHeaderString(HttpHeaders.AUTHORIZATION)));
    Client client =
        ClientBuilder.newClient()
            .register(other, Priorities.USER + 2000)
            .register(new OsmoJwtFilter(source().build()));
    try {
      assertThat(status(client, osmo.url(PROFILE))).isEqualTo(200);

      assertThat(seen).singleElement().asString().startsWith("Bearer ");
    } finally {
      client.close();
    }
  }

  private Jwt awaitJwt(JwtSource jwts) {
    return Awaitility.await()
        .atMost(Patience.LONG)
        .ignoreExceptionsInstanceOf(ExchangeException.class)
        .until(jwts::current, jwt -> true);
  }

  private static Answer issued(String seconds) {
    return new Answer(200, Map.of(), "{\"access_token\":\"a.b.c\",\"expires_in\":" + seconds + "}");
  }

  private String rotatedWithoutGrace() throws Exception {
    Http.Response rotated = admin.postEmpty(tokens(USER, name) + "/rotate?grace=0");
    assertThat(rotated.status()).isEqualTo(200);
    return rotated.object().getString("token");
  }

  private static HttpRequest get(URI address) {
    return HttpRequest.newBuilder(address).build();
  }

  private static int status(OsmoHttpClient client, HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static int status(Client client, URI address) {
    try (Response response = client.target(address).request().get()) {
      return response.getStatus();
    }
  }

  private static int status(Client client, URI address, String authorization) {
    try (Response response =
        client.target(address).request().header(HttpHeaders.AUTHORIZATION, authorization).get()) {
      return response.getStatus();
    }
  }
}
