package dev.osmo.exchange.lastuse;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.TokenText;
import dev.osmo.exchange.testing.Verifier;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class LastUseTest {

  private static final String LAST_USE =
      "SELECT floor(extract(epoch FROM last_used_at))::bigint FROM access_token_use WHERE token_id = ?";

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  private People people;

  @BeforeEach
  void people() {
    people = new People(databaseUrl);
  }

  @Test
  void an_exchange_is_on_record_with_its_time() {
    IssuedPat pat = people.pat(people.person("osmo-user"));

    Instant issuedAt = Verifier.claims(Exchanges.exchange(pat)).getIssueTime().toInstant();

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(people.look(LAST_USE, pat.id()))
                    .containsExactly(Long.toString(issuedAt.getEpochSecond())));
    assertThat(
            people.look(
                "SELECT 1 FROM access_token_secret WHERE token_id = ? AND first_used_at IS NOT NULL",
                pat.id()))
        .hasSize(1);
  }

  @Test
  void what_is_refused_is_no_use() {
    IssuedPat suspended = people.pat(people.person("osmo-user"));
    people.asSuperuser("UPDATE access_token SET suspended_at = now() WHERE id = ?", suspended.id());
    IssuedPat used = people.pat(people.person("osmo-user"));

    Exchanges.exchange(suspended).then().statusCode(401);
    Exchanges.exchange(given(), TokenText.random()).then().statusCode(401);
    Exchanges.exchange(used).then().statusCode(200);

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> people.look(LAST_USE, used.id()).size() == 1);
    assertThat(people.look(LAST_USE, suspended.id())).isEmpty();
  }
}
