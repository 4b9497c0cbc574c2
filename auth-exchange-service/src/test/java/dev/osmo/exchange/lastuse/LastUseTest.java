package dev.osmo.exchange.lastuse;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.Verifier;
import dev.osmo.testkit.contracts.TestTokens;
import dev.osmo.testkit.waiting.Patience;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class LastUseTest {

  private static final String LAST_USE =
      "SELECT floor(extract(epoch FROM last_used_at))::bigint FROM access_token_use WHERE token_id = ?";

  private static final String FIRST_USES =
      "SELECT 1 FROM access_token_secret WHERE token_id = ? AND first_used_at IS NOT NULL";

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  private People people;

  @BeforeEach
  void people() {
    people = new People(databaseUrl);
  }

  @Test
  void an_exchange_is_recorded_with_its_time() {
    IssuedPat pat = people.pat(people.person("osmo-user"));

    Instant issuedAt = Verifier.claims(Exchanges.exchange(pat)).getIssueTime().toInstant();

    await()
        .atMost(Patience.LONG)
        .untilAsserted(
            () ->
                assertThat(people.query(LAST_USE, pat.id()))
                    .containsExactly(Long.toString(issuedAt.getEpochSecond())));
    assertThat(people.query(FIRST_USES, pat.id())).hasSize(1);
  }

  @Test
  @Tag("I9")
  void the_first_use_of_a_secret_is_recorded_before_the_answer() {
    IssuedPat older = people.pat(people.person("osmo-user"));
    Exchanges.exchange(older).then().statusCode(200);
    IssuedPat newer = people.rotate(older);

    Exchanges.exchange(newer).then().statusCode(200);

    assertThat(people.query(FIRST_USES, newer.id())).hasSize(2);
  }

  @Test
  void a_token_that_is_used_only_as_introspection_credential_counts_as_used() {
    IssuedPat inspector = people.pat(people.person("osmo-introspect"));

    OAuth.introspect(inspector.text(), TestTokens.random()).then().statusCode(200);

    assertThat(people.query(FIRST_USES, inspector.id())).hasSize(1);
    assertThat(people.query(LAST_USE, inspector.id())).hasSize(1);
  }

  @Test
  void a_token_that_is_introspected_does_not_count_as_used() {
    IssuedPat inspector = people.pat(people.person("osmo-introspect"));
    IssuedPat subject = people.pat(people.person("osmo-user"));

    OAuth.introspect(inspector.text(), subject.text()).then().body("active", equalTo(true));

    assertThat(people.query(FIRST_USES, subject.id())).isEmpty();
  }

  @Test
  @Tag("I9")
  void no_jwt_is_issued_if_the_first_use_cannot_be_recorded() {
    IssuedPat used = people.pat(people.person("osmo-user"));
    Exchanges.exchange(used).then().statusCode(200);
    IssuedPat fresh = people.pat(people.person("osmo-user"));
    people.asSuperuser("ALTER FUNCTION record_use(uuid[], timestamptz[]) RENAME TO away");
    try {
      Exchanges.exchange(fresh).then().statusCode(503);
      Exchanges.exchange(used).then().statusCode(200);
    } finally {
      people.asSuperuser("ALTER FUNCTION away(uuid[], timestamptz[]) RENAME TO record_use");
    }

    Exchanges.exchange(fresh).then().statusCode(200);
  }

  @Test
  void concurrent_first_uses_of_a_secret_are_all_answered() {
    IssuedPat fresh = people.pat(people.person("osmo-user"));

    assertThat(
            IntStream.range(0, 40).parallel().mapToObj(i -> Exchanges.exchange(fresh).statusCode()))
        .containsOnly(200);
  }

  @Test
  void a_refused_exchange_is_not_recorded_as_a_use() {
    IssuedPat suspended = people.pat(people.person("osmo-user"));
    people.asSuperuser("UPDATE access_token SET suspended_at = now() WHERE id = ?", suspended.id());
    IssuedPat used = people.pat(people.person("osmo-user"));

    Exchanges.exchange(suspended).then().statusCode(401);
    Exchanges.exchange(given(), TestTokens.random()).then().statusCode(401);
    Exchanges.exchange(used).then().statusCode(200);

    await().atMost(Patience.LONG).until(() -> people.query(LAST_USE, used.id()).size() == 1);
    assertThat(people.query(LAST_USE, suspended.id())).isEmpty();
  }
}
