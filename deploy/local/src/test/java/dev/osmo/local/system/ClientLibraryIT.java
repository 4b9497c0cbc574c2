package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.PlainObject;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import dev.osmo.client.Credential;
import dev.osmo.client.ExchangeException;
import dev.osmo.client.ExchangeException.Kind;
import dev.osmo.client.Jwt;
import dev.osmo.client.JwtSource;
import dev.osmo.client.OsmoHttpClient;
import dev.osmo.client.rest.OsmoJwtFilter;
import dev.osmo.client.verify.JwtVerifier;
import dev.osmo.client.verify.RefusedJwtException;
import dev.osmo.client.verify.RefusedJwtException.Reason;
import dev.osmo.client.verify.VerifiedJwt;
import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.process.FreePorts;
import dev.osmo.local.system.Interposed.Answer;
import dev.osmo.testkit.waiting.Patience;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The library for Java programs against the real services. */
class ClientLibraryIT {
  private static final String USER = "robot@example.com";
  private static final String EXCHANGE = "POST /oauth2/token";
  private static final String PROFILE = "/api/profile/settings";

  /** When the library renews a JWT although it has not expired. */
  private static final Duration NEARLY_EXPIRED = Duration.ofSeconds(293);

  @TempDir static Path temp;

  private static RunningStack stack;
  private static WorkloadIssuer issuer;
  private static Http admin;

  private Interposed osmo;
  private Interposed stranger;
  private String name;
  private String pat;

  @BeforeAll
  static void start() throws Exception {
    Path data = temp.resolve("data");
    issuer = WorkloadIssuer.trustedBy(DataFolder.open(data));
    stack =
        RunningStack.launch(
                data,
                FreePorts.find(1).getFirst(),
                Map.of("JAVA_TOOL_OPTIONS", "-Dauth-exchange.audiences=reports"))
            .awaitReady();
    admin = Http.as(stack.url(), stack.file("admin-token"));
    createUser(USER, "osmo-user", "osmo-ml-team");
  }

  @AfterAll
  static void stop() throws Exception {
    stack.signal("INT");
    stack.awaitExit();
  }

  @BeforeEach
  void createToken(TestInfo test) throws Exception {
    osmo = new Interposed(stack.url());
    stranger = new Interposed(stack.url());
    name = "t-" + Integer.toHexString(test.getDisplayName().hashCode());
    pat = admin.postEmpty(tokens(USER, name)).text();
  }

  @AfterEach
  void close() {
    osmo.close();
    stranger.close();
  }

  // --- JWTs for a program

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
    clock.advance(Duration.ofSeconds(2));
    assertThat(jwts.current()).isNotEqualTo(first);
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

    assertThat(osmo.count(EXCHANGE)).isEqualTo(1);
    osmo.forward("/oauth2/token");
    clock.advance(Duration.ofSeconds(601));
    assertThat(jwts.current()).isNotNull();
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
          .hasMessageContaining("no JWT");
    }
    osmo.answer("/oauth2/token", new Answer(200, Map.of(), " ".repeat(100_000)));
    assertThatThrownBy(() -> source().build().current())
        .isInstanceOf(ExchangeException.class)
        .hasMessageContaining("larger than");
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

  // --- JWTs of callers

  @Test
  void a_jwt_of_the_exchange_is_accepted() throws Exception {
    VerifiedJwt jwt = verifier("osmo").build().verify(jwt());

    assertThat(jwt.subject()).isEqualTo(USER);
    assertThat(jwt.roles()).containsExactlyInAnyOrder("osmo-user", "osmo-ml-team");
    assertThat(jwt.accessTokenId()).hasValueSatisfying(id -> assertThat(id).startsWith("pat_"));
    assertThat(jwt.claims()).containsEntry("osmo_token_name", name);
    jwt.requireRole("osmo-user");
    assertThatThrownBy(() -> jwt.requireRole("osmo-admin"))
        .isInstanceOfSatisfying(
            RefusedJwtException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ROLE_MISSING));
  }

  @Test
  void a_jwt_is_accepted_by_its_audience_only() throws Exception {
    String reports = source().audience("reports").build().current().text();

    assertThat(verifier("reports").build().verify(reports).subject()).isEqualTo(USER);
    assertRefused(verifier("osmo"), reports, Reason.WRONG_AUDIENCE);
    assertRefused(verifier("reports"), jwt(), Reason.WRONG_AUDIENCE);
    assertRefused(
        JwtVerifier.of("https://other.example.com", "osmo").keySet(keys(stack.url())),
        jwt(),
        Reason.WRONG_CLAIMS);
  }

  @Test
  void an_expired_jwt_is_refused_after_the_leeway() throws Exception {
    String jwt = jwt();
    Instant end = verifier("osmo").build().verify(jwt).expiresAt();

    assertThat(verifier("osmo").clock(at(end.plusSeconds(9))).build().verify(jwt)).isNotNull();
    assertRefused(verifier("osmo").clock(at(end.plusSeconds(10))), jwt, Reason.EXPIRED);
    assertRefused(verifier("osmo").leeway(Duration.ZERO).clock(at(end)), jwt, Reason.EXPIRED);
    assertRefused(verifier("osmo").clock(at(end.minus(Duration.ofHours(1)))), jwt, Reason.EXPIRED);
  }

  @Test
  void no_forgery_is_accepted() throws Exception {
    SignedJWT real = SignedJWT.parse(jwt());
    String kid = real.getHeader().getKeyID();
    Payload payload = real.getPayload();
    ECKey published = (ECKey) JWKSet.load(keys(stack.url()).toURL()).getKeyByKeyId(kid);
    ECKey own = new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
    JOSEObjectType type = new JOSEObjectType("at+jwt");

    assertRefused(signed(own, header(type, kid).build(), payload), Reason.WRONG_SIGNATURE);
    assertRefused(
        signed(own, header(type, kid).jwk(own.toPublicJWK()).build(), payload),
        Reason.WRONG_SIGNATURE);
    assertRefused(
        signed(own, header(type, kid).jwkURL(stranger.url("/keys")).build(), payload),
        Reason.WRONG_SIGNATURE);
    assertRefused(signed(own, header(type, "other").build(), payload), Reason.UNKNOWN_KEY);
    assertRefused(signed(own, header(type, null).build(), payload), Reason.UNKNOWN_KEY);
    assertRefused(signed(own, header(null, kid).build(), payload), Reason.WRONG_TYPE);
    assertRefused(signed(own, header(JOSEObjectType.JWT, kid).build(), payload), Reason.WRONG_TYPE);
    JWSObject hmac =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(type).keyID(kid).build(), payload);
    hmac.sign(new MACSigner(published.toECPublicKey().getEncoded()));
    assertRefused(hmac.serialize(), Reason.WRONG_TYPE);
    assertRefused(
        new PlainObject(new PlainHeader.Builder().type(type).build(), payload).serialize(),
        Reason.MALFORMED);
    String[] parts = real.serialize().split("\\.", -1);
    String admin =
        new Payload(payload.toString().replace("osmo-user", "osmo-admin")).toBase64URL().toString();
    assertRefused(parts[0] + "." + admin + "." + parts[2], Reason.WRONG_SIGNATURE);
    assertRefused(parts[0] + "." + parts[1] + ".", Reason.MALFORMED);
    assertRefused(parts[0] + "." + parts[1] + "." + "A".repeat(86), Reason.WRONG_SIGNATURE);
    assertRefused(pat, Reason.MALFORMED);
    assertRefused("", Reason.MALFORMED);
    assertRefused(real.serialize() + "A".repeat(20_000), Reason.MALFORMED);
    assertThat(stranger.requests()).as("addresses in a header").isEmpty();
  }

  @Test
  void forgeries_with_unknown_keys_do_not_cause_a_fetch_each() throws Exception {
    JwtVerifier verifier = verifier("osmo").keySet(keys(osmo.url().toString())).build();
    ECKey own = new ECKeyGenerator(Curve.P_256).generate();
    Payload payload = SignedJWT.parse(jwt()).getPayload();
    Instant start = Instant.now();

    for (int i = 0; i < 40; i++) {
      String forged = signed(own, header(new JOSEObjectType("at+jwt"), "k" + i).build(), payload);
      assertThatThrownBy(() -> verifier.verify(forged)).isInstanceOf(RefusedJwtException.class);
    }

    assertThat(verifier.verify(jwt()).subject()).isEqualTo(USER);
    long allowed = 3 + 2 * (Duration.between(start, Instant.now()).toSeconds() / 5);
    assertThat(osmo.count("GET /.well-known/jwks.json")).isBetween(1L, allowed);
  }

  @Test
  void a_key_that_is_published_later_is_found() throws Exception {
    JwtVerifier verifier = verifier("osmo").keySet(keys(osmo.url().toString())).build();
    osmo.answer("/.well-known/jwks.json", new Answer(200, Map.of(), "{\"keys\":[]}"));
    String jwt = jwt();
    assertThatThrownBy(() -> verifier.verify(jwt))
        .isInstanceOfSatisfying(
            RefusedJwtException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_KEY));

    osmo.forward("/.well-known/jwks.json");

    Awaitility.await()
        .atMost(Patience.LONG)
        .ignoreExceptionsInstanceOf(RefusedJwtException.class)
        .until(() -> verifier.verify(jwt).subject().equals(USER));
  }

  @Test
  @Tag("I9")
  void without_keys_nothing_is_accepted() throws Exception {
    String jwt = jwt();
    for (Answer answer :
        List.of(
            Answer.of(503),
            Answer.redirect(302, keys(stack.url()).toString()),
            new Answer(200, Map.of(), "no keys"),
            new Answer(200, Map.of(), " ".repeat(300_000)))) {
      osmo.answer("/.well-known/jwks.json", answer);
      JwtVerifier verifier = verifier("osmo").keySet(keys(osmo.url().toString())).build();

      // Also when the limit of fetches is reached: nobody knows the keys then.
      for (int i = 0; i < 4; i++) {
        assertThatThrownBy(() -> verifier.verify(jwt)).isInstanceOf(IOException.class);
      }
    }
    assertThatThrownBy(
            () -> verifier("osmo").keySet(URI.create("http://keys.example.com/jwks.json")).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not encrypted");
  }

  @Test
  @Tag("I2")
  @Tag("I3")
  void introspection_sees_a_removal_and_a_deletion_at_once() throws Exception {
    String user = "seen@example.com";
    createUser(user, "osmo-user", "osmo-ml-team");
    createUser("reports-server@example.com", "osmo-introspect");
    String subject = admin.postEmpty(tokens(user, "seen")).text();
    String own = admin.postEmpty(tokens("reports-server@example.com", "server")).text();
    JwtVerifier introspecting =
        verifier("osmo")
            .introspecting(JwtSource.at(URI.create(stack.url()), Credential.ofToken(own)).build())
            .build();
    String jwt = Http.as(stack.url(), subject).jwt();
    assertThat(introspecting.verify(jwt).roles()).hasSize(2);

    assertThat(admin.delete("/api/auth/user/" + user + "/roles/osmo-ml-team").status())
        .isEqualTo(200);

    assertThat(introspecting.verify(jwt).roles()).containsExactly("osmo-user");
    assertThat(verifier("osmo").build().verify(jwt).roles()).as("the JWT itself").hasSize(2);
    assertThat(admin.delete(tokens(user, "seen")).status()).isEqualTo(200);
    assertThatThrownBy(() -> introspecting.verify(jwt))
        .isInstanceOfSatisfying(
            RefusedJwtException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REVOKED));
  }

  @Test
  @Tag("I9")
  void if_introspection_is_not_available_nothing_is_accepted() throws Exception {
    String jwt = jwt();
    JwtVerifier introspecting =
        verifier("osmo")
            .introspecting(JwtSource.at(URI.create(stack.url()), Credential.ofToken(pat)).build())
            .build();
    assertThat(introspecting.verify(jwt).subject()).isEqualTo(USER);
    String other = admin.postEmpty(tokens(USER, name + "-other")).text();
    JwtVerifier unauthorized =
        verifier("osmo")
            .introspecting(JwtSource.at(URI.create(stack.url()), Credential.ofToken(other)).build())
            .build();

    assertThat(admin.delete(tokens(USER, name + "-other")).status()).isEqualTo(200);

    assertThatThrownBy(() -> unauthorized.verify(jwt)).isInstanceOf(ExchangeException.class);
    assertThatThrownBy(() -> verifier("osmo").introspecting(source().build()).build().verify(jwt))
        .as("a source whose JWTs are not for this server")
        .isInstanceOf(IllegalArgumentException.class);
  }

  // --- with

  private JwtSource.Builder source() {
    return JwtSource.at(osmo.url(), Credential.ofToken(pat));
  }

  private static JwtVerifier.Builder verifier(String audience) {
    return JwtVerifier.of(stack.url(), audience);
  }

  private String jwt() throws Exception {
    return Http.as(stack.url(), pat).jwt();
  }

  private String rotatedWithoutGrace() throws Exception {
    Http.Response rotated = admin.postEmpty(tokens(USER, name) + "/rotate?grace=0");
    assertThat(rotated.status()).isEqualTo(200);
    return rotated.object().getString("token");
  }

  private static void createUser(String id, String... roles) throws Exception {
    JsonObject user = new JsonObject().put("id", id).put("roles", new JsonArray(List.of(roles)));
    assertThat(admin.post("/api/auth/user", user).status()).isEqualTo(200);
  }

  private static String tokens(String user, String name) {
    return "/api/auth/user/" + user + "/access_token/" + name;
  }

  private static URI keys(String server) {
    return URI.create(server + "/.well-known/jwks.json");
  }

  private static Clock at(Instant time) {
    return Clock.fixed(time, ZoneOffset.UTC);
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

  private static JWSHeader.Builder header(JOSEObjectType type, String kid) {
    return new JWSHeader.Builder(JWSAlgorithm.ES256).type(type).keyID(kid);
  }

  private static String signed(ECKey key, JWSHeader header, Payload payload) throws Exception {
    JWSObject jws = new JWSObject(header, payload);
    jws.sign(new ECDSASigner(key.toECPrivateKey()));
    return jws.serialize();
  }

  private static void assertRefused(String jwt, Reason reason) {
    assertRefused(verifier("osmo"), jwt, reason);
  }

  private static void assertRefused(JwtVerifier.Builder verifier, String jwt, Reason reason) {
    assertThatThrownBy(() -> verifier.build().verify(jwt))
        .isInstanceOfSatisfying(
            RefusedJwtException.class, e -> assertThat(e.reason()).as(jwt).isEqualTo(reason));
  }
}
