package dev.osmo.token.metrics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.contracts.TestTokens;
import dev.osmo.testkit.http.RawHttp;
import dev.osmo.testkit.waiting.Patience;
import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MetricsTest {

  private static final Path PAGE = Path.of("..", "src-docs", "operator", "watching.rst");
  private static final Pattern NAME = Pattern.compile("\\bosmo_[a-z0-9_]+");
  private static final String TOKENS = "/api/auth/access_token";

  @TestHTTPResource(value = "", management = true)
  URI management;

  @Test
  void creations_and_refusals_are_counted() {
    Person user = People.with("osmo-user");
    double created = value("osmo_secrets_made_total{kind=\"created\"}");
    double rotated = value("osmo_secrets_made_total{kind=\"rotated\"}");
    double refused = value("osmo_denied_total{reason=\"token-not-found\"}");
    double hashed = value("osmo_argon2_runs_total");

    Api.as(user).post(TOKENS + "/counted").then().statusCode(200);
    Api.as(user).post(TOKENS + "/counted/rotate").then().statusCode(200);
    Api.as(user).post(TOKENS + "/counted/suspend").then().statusCode(200);
    Api.as(user).get(TOKENS + "/nothing").then().statusCode(404);

    becomes("osmo_secrets_made_total{kind=\"created\"}", created + 1);
    becomes("osmo_secrets_made_total{kind=\"rotated\"}", rotated + 1);
    becomes("osmo_denied_total{reason=\"token-not-found\"}", refused + 1);
    assertThat(value("osmo_argon2_runs_total")).isEqualTo(hashed + 2);
    assertThat(value("osmo_argon2_queue")).isZero();
  }

  @Test
  void tokens_are_counted_by_state_and_time_to_expiry() {
    counted_as_the_database_has_them();
    double soon = value("osmo_tokens_expiring{within_days=\"7\"}");
    double tomorrow = value("osmo_tokens_expiring{within_days=\"1\"}");

    People.with(Instant.now().plus(Duration.ofDays(3)), "osmo-user");
    Person user = People.with("osmo-user");
    Api.as(user).post(TOKENS + "/sleeping").then().statusCode(200);
    Api.as(user).post(TOKENS + "/sleeping/suspend").then().statusCode(200);

    counted_as_the_database_has_them();
    assertThat(value("osmo_tokens_expiring{within_days=\"7\"}")).isEqualTo(soon + 1);
    assertThat(value("osmo_tokens_expiring{within_days=\"1\"}")).isEqualTo(tomorrow);
    assertThat(value("osmo_tokens{state=\"suspended\"}")).isPositive();
  }

  @Test
  void the_operators_page_lists_exactly_the_existing_metrics() throws IOException {
    Person user = People.with("osmo-user");
    Api.as(user).post(TOKENS + "/named").then().statusCode(200);
    Api.as(user).get(TOKENS + "/nothing").then().statusCode(404);
    String section = Files.readString(PAGE).split("\nauth-exchange-service\n", 2)[0];

    assertThat(names(section)).isEqualTo(names(scrape().lines().filter(l -> !l.startsWith("#"))));
  }

  @Test
  @Tag("I1")
  void paths_of_requests_do_not_become_metric_labels() throws IOException {
    String token = TestTokens.random();
    given().get("/api/auth/" + token).then().statusCode(400);
    String chunked = "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    assertThat(RawHttp.send(RestAssured.port, "POST /invented-1 HTTP/1.1\r\nHost: x\r\n" + chunked))
        .contains(" 411 ");
    given().get("/invented-2").then().statusCode(404);
    given().put("/api/version?invented-3").then().statusCode(405);

    Awaitility.await()
        .atMost(Patience.LONG)
        .untilAsserted(() -> assertThat(scrape()).contains("uri=\"/other\""));
    assertThat(scrape()).doesNotContain(token).doesNotContain("invented");
  }

  @Test
  void metrics_and_health_are_not_on_the_public_port() {
    for (String path : new String[] {"/q/metrics", "/q/health", "/q/health/live", "/metrics"}) {
      given().get(path).then().statusCode(404);
    }
  }

  /** Waits until the four states add up to the number of rows: other tests create tokens, too. */
  private void counted_as_the_database_has_them() {
    Awaitility.await()
        .atMost(Patience.LONG)
        .until(
            () ->
                TokenNumbers.STATES.stream()
                        .mapToDouble(state -> value("osmo_tokens{state=\"" + state + "\"}"))
                        .sum()
                    == Double.parseDouble(
                        People.query("SELECT count(*) FROM access_token").getFirst()));
  }

  /** An answer is counted after it was sent. */
  private void becomes(String series, double number) {
    Awaitility.await()
        .atMost(Patience.LONG)
        .untilAsserted(() -> assertThat(scrape()).contains(series + " " + number));
  }

  private double value(String series) {
    return scrape()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  private String scrape() {
    return given()
        .get(management.resolve("/q/metrics"))
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }

  private static Set<String> names(Stream<String> lines) {
    return names(lines.collect(Collectors.joining("\n")));
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
