package dev.osmo.exchange.start;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.SignInStage;
import dev.osmo.testkit.contracts.TestTokens;
import dev.osmo.testkit.waiting.Patience;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class MetricsTest {

  private static final Path OPERATORS_PAGE = Path.of("../src-docs/operator/keys-and-limits.rst");

  @TestHTTPResource(management = true)
  URI management;

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void the_fast_provider_signs_and_the_metrics_name_it() {
    assertThat(metrics()).contains("osmo_crypto_provider{name=\"AmazonCorrettoCryptoProvider\"} 1");
  }

  @Test
  void exchanges_refusals_and_failures_are_counted() {
    People people = new People(databaseUrl);
    IssuedPat pat = people.pat(people.person("osmo-user"));
    Exchanges.exchange(pat).then().statusCode(200);
    Exchanges.exchange(pat).then().statusCode(200);
    Exchanges.exchange(given(), "junk").then().statusCode(401);
    people.remove(pat.owner(), "osmo-user");

    await()
        .atMost(Patience.LONG)
        .untilAsserted(
            () -> assertThat(metrics()).containsPattern("osmo_pruned_tokens_total [1-9]"));
    assertThat(metrics())
        .containsPattern("osmo_exchange_seconds_count\\{outcome=\"issued\"\\} [1-9]")
        .containsPattern("osmo_exchange_seconds_count\\{outcome=\"invalid\"\\} [1-9]")
        .containsPattern("osmo_exchange_seconds_bucket\\{outcome=\"issued\",le=\"0.025\"\\}")
        .containsPattern("osmo_argon2_runs_total [1-9]")
        .contains("osmo_argon2_queue ")
        .containsPattern("osmo_verified_secrets_total\\{result=\"hit\"\\} [1-9]")
        .containsPattern("osmo_verified_secrets_total\\{result=\"miss\"\\} [1-9]")
        .containsPattern("osmo_prune_lag_seconds_count [1-9]")
        .contains("osmo_prune_reconnects_total ")
        .containsPattern("osmo_signing_key_age_seconds \\d")
        .contains("osmo_last_use_waiting ")
        .doesNotContain(pat.text())
        .doesNotContain(pat.id());
  }

  @Test
  void the_operators_page_lists_every_metric() throws IOException {
    People people = new People(databaseUrl);
    Exchanges.exchange(people.pat(people.person("osmo-user"))).then().statusCode(200);
    OAuth.post(OAuth.TOKEN, SignInStage.exchanging("junk")).then().statusCode(400);
    given().get("/nothing").then().statusCode(404);

    assertThat(names("(?m)^# TYPE (osmo_\\w+?)(?<!_max) \\w+$", metrics()))
        .containsExactlyElementsOf(
            names("(?m)^   \\* - ``(osmo_\\w+)``$", Files.readString(OPERATORS_PAGE)));
  }

  private static Set<String> names(String pattern, String text) {
    // The name of a counter depends on the requested format.
    return Pattern.compile(pattern)
        .matcher(text.replace("_total", ""))
        .results()
        .map(name -> name.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  @Tag("I1")
  void paths_of_requests_do_not_become_metric_labels() {
    String token = TestTokens.random();
    given().get("/api/auth/" + token).then().statusCode(400);
    given().queryParam("token", token).get("/strange/address").then().statusCode(400);
    given().get("/another/strange-address").then().statusCode(404);

    await().atMost(Patience.LONG).until(() -> metrics().contains("uri=\"other\""));
    assertThat(metrics()).doesNotContain(token).doesNotContain("strange");
  }

  @Test
  void metrics_are_not_on_the_public_port() {
    assertThat(given().get("/q/metrics").statusCode()).isEqualTo(404);
  }

  private String metrics() {
    return given().get("http://%s/q/metrics".formatted(management.getAuthority())).asString();
  }
}
