package dev.osmo.exchange.limits;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.StoppableRefill;
import dev.osmo.testkit.contracts.TestTokens;
import dev.osmo.testkit.postgres.MigratedPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Limits for callers that send too many requests, and service for all others. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class LimitsTest {

  private static final int ABOVE_THE_LIMIT = 1_000;

  @Inject StoppableRefill refill;

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  private People people;

  @BeforeEach
  void people() {
    people = new People(databaseUrl);
  }

  @AfterEach
  void resume_the_refill() {
    refill.resume();
  }

  @Test
  @Tag("I10")
  void an_address_that_sends_invalid_tokens_is_limited_but_verified_tokens_are_exchanged() {
    IssuedPat known = people.pat(people.person("osmo-user"));
    IssuedPat unknown = people.pat(people.person("osmo-user"));
    Exchanges.exchange(known).then().statusCode(200);
    String address = "203.0.113.1";

    useUpFailures(address);
    Response refused = from(address, TestTokens.random());

    assertThat(refused.<String>path("type")).isEqualTo("urn:osmo:problem:too-many-failures");
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"failures\";q=300;w=60");
    assertThat(refused.header("RateLimit")).startsWith("\"failures\";r=0;t=");
    assertThat(from(address, known.text()).statusCode()).isEqualTo(200);
    assertThat(from("203.0.113.2", unknown.text()).statusCode()).isEqualTo(200);
  }

  @Test
  @Tag("I10")
  void a_limited_address_is_limited_at_every_route_that_takes_a_token() {
    IssuedPat known = people.pat(people.person("osmo-user"));
    Exchanges.exchange(known).then().statusCode(200);
    String address = "203.0.113.4";
    List<Supplier<Response>> requests =
        List.of(
            () -> oauth(address, OAuth.REVOKE, Map.of("token", TestTokens.random())),
            () -> oauth(address, OAuth.TOKEN, OAuth.exchanging(TestTokens.random())),
            () -> introspect(address, TestTokens.random(), known.text()));

    useUpFailures(address);
    for (Supplier<Response> request : requests) {
      Response refused = request.get();
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(refused.<String>path("error")).isEqualTo("temporarily_unavailable");
    }

    assertThat(introspect(address, known.text(), known.text()).<Boolean>path("active")).isTrue();
    assertThat(oauth(address, OAuth.TOKEN, OAuth.exchanging(known.text())).statusCode())
        .isEqualTo(200);
    assertThat(oauth(address, OAuth.REVOKE, Map.of("token", known.text())).statusCode())
        .isEqualTo(200);
  }

  @Test
  @Tag("I10")
  void a_jwt_from_a_limited_address_is_not_verified() {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    String jwt = OAuth.jwt(pat);
    String address = "203.0.113.7";
    assertThat(introspect(address, jwt, pat.text()).statusCode()).isEqualTo(200);

    useUpFailures(address);
    Response refused = introspect(address, jwt, pat.text());

    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.<String>path("error")).isEqualTo("temporarily_unavailable");
  }

  @Test
  void frequent_introspection_limits_the_caller_and_not_the_introspected_token() {
    IssuedPat asking = people.pat(people.person("osmo-user"));
    IssuedPat other = people.pat(asking.owner());
    String address = "203.0.113.5";

    String jwt = OAuth.jwt(asking);
    Response refused = refill.firstRefusal(() -> introspect(address, asking.text(), other.text()));

    assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"introspections\";q=200;w=60");
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(introspect(address, jwt, other.text()).statusCode())
        .as("an access token and its JWTs share a budget")
        .isEqualTo(429);
    assertThat(introspect(address, other.text(), asking.text()).statusCode()).isEqualTo(200);
    assertThat(Exchanges.exchange(other).header("RateLimit")).startsWith("\"exchanges\";r=99;");
  }

  @Test
  void introspecting_an_invalid_token_counts_no_failure() {
    IssuedPat one = people.pat(people.person("osmo-user"));
    IssuedPat another = people.pat(one.owner());
    String address = "203.0.113.6";
    for (int i = 0; i < 160; i++) {
      introspect(address, one.text(), "junk").then().statusCode(200);
      introspect(address, another.text(), "junk").then().statusCode(200);
    }

    assertThat(from(address, "junk").statusCode()).isEqualTo(401);
  }

  @Test
  void spellings_of_an_address_and_hosts_of_an_ipv6_network_share_a_budget() {
    useUpFailures("2001:db8:1:1::1");

    assertThat(from("2001:0DB8:1:1:ffff:ffff:ffff:ffff", "junk").statusCode()).isEqualTo(429);
    assertThat(from("2001:db8:1:2::1", "junk").statusCode()).isEqualTo(401);
  }

  @Test
  void a_token_that_is_exchanged_too_often_is_limited_and_others_are_not() {
    IssuedPat busy = people.pat(people.person("osmo-user"));
    IssuedPat other = people.pat(people.person("osmo-user"));
    Response first = Exchanges.exchange(busy);
    assertThat(first.header("RateLimit-Policy")).isEqualTo("\"exchanges\";q=100;w=60");
    assertThat(first.header("RateLimit")).isEqualTo("\"exchanges\";r=99;t=1");
    assertThat(first.header("Retry-After")).isNull();

    Response refused = refill.firstRefusal(() -> Exchanges.exchange(busy));

    assertThat(refused.<String>path("type")).isEqualTo("urn:osmo:problem:too-many-exchanges");
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.header("RateLimit")).startsWith("\"exchanges\";r=0;t=");
    assertThat(refused.header("Cache-Control")).isEqualTo("no-store");
    assertThat(Exchanges.exchange(other).statusCode()).isEqualTo(200);
  }

  @Test
  @Tag("I3")
  void a_verified_token_cannot_be_exchanged_after_it_is_deleted() {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    Exchanges.exchange(pat).then().statusCode(200);
    people.delete(pat);

    assertThat(from("203.0.113.3", pat.text()).statusCode()).isEqualTo(401);
  }

  /** Otherwise a limited address could tell tokens that once existed from those that never did. */
  @Test
  @Tag("I11")
  void a_limited_address_gets_the_same_answer_for_deleted_and_for_unknown_tokens() {
    String address = "203.0.113.8";
    IssuedPat pat = people.pat(people.person("osmo-user"));
    IssuedPat introspecting = people.pat(people.person("osmo-user"));
    Exchanges.exchange(pat).then().statusCode(200);
    Exchanges.exchange(introspecting).then().statusCode(200);
    people.delete(pat);
    people.delete(introspecting);

    useUpFailures(address);
    Response deleted = from(address, pat.text());
    Response asCredential = introspect(address, introspecting.text(), introspecting.text());

    assertThat(deleted.<String>path("type")).isEqualTo("urn:osmo:problem:too-many-failures");
    assertThat(deleted.header("Retry-After")).isEqualTo("1");
    assertThat(asCredential.<String>path("error")).isEqualTo("temporarily_unavailable");
  }

  /** While no look-up can end, the second one at once is refused, so the first answer is 429. */
  @Test
  @Tag("I10")
  void a_limited_address_has_one_look_up_at_a_time() throws SQLException {
    String address = "203.0.113.10";
    try (Connection holder = people.connect(MigratedPostgres.SUPERUSER);
        Statement statement = holder.createStatement();
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      holder.setAutoCommit(false);
      useUpFailures(address);
      statement.execute("LOCK TABLE osmo.access_token_secret IN ACCESS EXCLUSIVE MODE");

      Object first =
          CompletableFuture.anyOf(
                  Stream.generate(() -> statusLater(address, clients))
                      .limit(8)
                      .toArray(CompletableFuture[]::new))
              .join();

      holder.rollback();
      assertThat(first).isEqualTo(429);
    }
  }

  private static CompletableFuture<Integer> statusLater(String address, Executor clients) {
    return CompletableFuture.supplyAsync(
        () -> from(address, TestTokens.random()).statusCode(), clients);
  }

  @Test
  void an_invalid_sender_does_not_block_the_first_exchange_of_a_valid_token() {
    String address = "203.0.113.9";
    IssuedPat pat = people.pat(people.person("osmo-user"));
    IssuedPat introspecting = people.pat(people.person("osmo-user"));
    useUpFailures(address);

    assertThat(from(address, pat.text()).statusCode()).isEqualTo(200);
    assertThat(from(address, TestTokens.random()).statusCode()).isEqualTo(429);
    assertThat(
            introspect(address, introspecting.text(), introspecting.text()).<Boolean>path("active"))
        .isTrue();
  }

  private static Response oauth(String address, String path, Map<String, String> form) {
    return given()
        .header("X-Forwarded-For", address)
        .contentType(ContentType.URLENC)
        .formParams(form)
        .post(path);
  }

  private static Response introspect(String address, String credential, String token) {
    return given()
        .header("X-Forwarded-For", address)
        .header("Authorization", "Bearer " + credential)
        .contentType(ContentType.URLENC)
        .formParams(Map.of("token", token))
        .post(OAuth.INTROSPECT);
  }

  private static Response from(String address, String token) {
    return Exchanges.exchange(given().header("X-Forwarded-For", address), token);
  }

  /** Hundreds of requests, so without the slow client of the other tests. */
  private void useUpFailures(String address) {
    refill.stop();
    HttpRequest junk =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + Exchanges.PATH))
            .header("X-Forwarded-For", address)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"token\":\"junk\"}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      int status = 401;
      for (int sent = 0; status != 429 && sent < ABOVE_THE_LIMIT; sent++) {
        status = client.send(junk, BodyHandlers.discarding()).statusCode();
        assertThat(status).isIn(401, 429, 503);
      }
      assertThat(status).isEqualTo(429);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
