package dev.osmo.exchange.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.OptInSettings;
import dev.osmo.exchange.testing.People;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A secret that is presented after its grace revokes the token, if the operator wants that. */
@QuarkusTest
@TestProfile(OptInSettings.class)
@QuarkusTestResource(ExchangeStack.class)
@Tag("I3")
class ReuseRevokesTokenTest {

  private static final String END_GRACE =
      "UPDATE access_token_secret SET valid_until = now() - interval '1 second' WHERE id ="
          + " (SELECT id FROM access_token_secret WHERE token_id = ? ORDER BY created_at LIMIT 1)";
  private static final String EVENTS =
      "SELECT action FROM audit_event WHERE pat_id = ? AND action IN ('secret.reused', 'token.revoked') ORDER BY id";

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  private People people;
  private IssuedPat old;
  private IssuedPat rotated;

  @BeforeEach
  void a_rotated_token() {
    people = new People(databaseUrl);
    old = people.pat(people.person("osmo-user"));
    rotated = people.rotate(old);
    Exchanges.exchange(rotated).then().statusCode(200);
  }

  @Test
  void a_secret_after_its_grace_revokes_the_new_one() {
    people.asSuperuser(END_GRACE, old.id());

    Exchanges.exchange(old).then().statusCode(401);

    revoked();
    Exchanges.exchange(old).then().statusCode(401).body("denial.reason", equalTo("revoked"));
    assertThat(people.query(EVENTS, old.id())).containsExactly("secret.reused", "token.revoked");
  }

  @Test
  void a_secret_whose_use_was_recorded_before_the_policy_revokes_the_new_one() {
    people.asSuperuser(END_GRACE, old.id());
    people.asSuperuser(
        "UPDATE access_token_secret SET reused_at = now() WHERE token_id = ? AND valid_until < now()",
        old.id());

    Exchanges.exchange(old).then().statusCode(401).body("denial.reason", equalTo("rotated-out"));

    revoked();
    assertThat(people.query(EVENTS, old.id())).containsExactly("secret.reused", "token.revoked");
  }

  /** Revoking a token does not mark secrets that ended so long ago. */
  @Test
  @Tag("I10")
  void a_secret_that_ended_long_ago_is_recorded_once_a_day() {
    people.asSuperuser(END_GRACE.replace("1 second", "8 days"), old.id());

    for (int i = 0; i < 3; i++) {
      Exchanges.exchange(old).then().statusCode(401);
    }

    revoked();
    assertThat(people.query(EVENTS, old.id())).containsExactly("secret.reused", "token.revoked");
  }

  @Test
  void the_oauth_route_has_the_same_policy() {
    people.asSuperuser(END_GRACE, old.id());

    OAuth.exchange(old).then().statusCode(400).body("error", equalTo("invalid_grant"));

    revoked();
  }

  @Test
  void a_secret_within_its_grace_revokes_nothing() {
    Exchanges.exchange(old).then().statusCode(200);

    Exchanges.exchange(rotated).then().statusCode(200);
    assertThat(people.query(EVENTS, old.id())).isEmpty();
  }

  private void revoked() {
    Exchanges.exchange(rotated)
        .then()
        .statusCode(401)
        .body("denial.reason", equalTo("revoked"))
        .body("denial.by", nullValue());
  }
}
