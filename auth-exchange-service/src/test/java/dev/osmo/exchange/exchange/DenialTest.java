package dev.osmo.exchange.exchange;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.People;
import dev.osmo.testkit.contracts.Contracts;
import dev.osmo.testkit.contracts.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A refusal tells the holder of the exact secret which reason applies, since when and by whom. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
@Tag("I11")
class DenialTest {

  private static final String AUDIT =
      "INSERT INTO audit_event (actor, action, user_id, pat_id) VALUES ('admin@example.com', ?, ?, ?)";
  private static final String REVOKE =
      "UPDATE access_token_secret SET revoked_at = now(), reason = ? WHERE token_id = ?";
  private static final String END_GRACE =
      "UPDATE access_token_secret SET valid_until = now() - interval '1 second' WHERE id ="
          + " (SELECT id FROM access_token_secret WHERE token_id = ? ORDER BY created_at LIMIT 1)";
  private static final String REUSES =
      "SELECT action FROM audit_event WHERE pat_id = ? AND action IN ('secret.reused', 'token.revoked') ORDER BY id";

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  private People people;
  private IssuedPat pat;

  @BeforeEach
  void a_token() {
    people = new People(databaseUrl);
    pat = people.pat(people.person("osmo-user"));
  }

  @Test
  void lost_roles_name_the_role_and_who_removed_it_before_and_after_pruning() {
    removeRole();
    noRolesLeft();
    people.query("SELECT count(*) FROM prune_removals(1000)");
    noRolesLeft();
  }

  private void noRolesLeft() {
    denial("no-roles-left")
        .body("denial.by", equalTo("admin@example.com"))
        .body("denial.since", not(nullValue()))
        .body("denial.removed_roles.role", contains("osmo-user"))
        .body("denial.removed_roles.removed_by", contains("admin@example.com"))
        .body(
            "denial.next",
            contains("osmo token delete " + pat.name(), "osmo token set " + pat.name()));
  }

  @Test
  void the_oauth_route_has_the_same_explanation() {
    removeRole();

    OAuth.exchange(pat)
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_grant"))
        .body("denial.reason", equalTo("no-roles-left"))
        .body("denial.token_name", equalTo(pat.name()));
  }

  @Test
  void a_suspended_token_names_who_suspended_it() {
    people.asSuperuser("UPDATE access_token SET suspended_at = now() WHERE id = ?", pat.id());
    audit("token.suspended");

    denial("suspended")
        .body("denial.by", equalTo("admin@example.com"))
        .body("denial.next", contains("osmo token resume " + pat.name()));
  }

  @Test
  void a_revoked_token_names_the_reason() {
    people.asSuperuser(REVOKE, "left the team", pat.id());
    audit("token.revoked");

    String message = denial("revoked").extract().path("denial.message");
    assertThat(message).contains("by admin@example.com", "left the team");
  }

  @Test
  void a_reported_token_is_explained_as_such() {
    people.asSuperuser(REVOKE, "reported as leaked", pat.id());

    denial("leak-report").body("denial.by", nullValue());
  }

  @Test
  void a_disabled_owner_and_an_expired_token_are_explained() {
    people.asSuperuser("UPDATE access_token SET expires_at = now() WHERE id = ?", pat.id());
    denial("expired");
    people.asSuperuser("UPDATE users SET disabled_at = now() WHERE id = ?", pat.owner());
    audit("user.disabled");
    denial("owner-disabled").body("denial.by", equalTo("admin@example.com"));
  }

  @Test
  void an_owner_who_must_sign_in_learns_the_command() {
    people.asSuperuser("UPDATE users SET sign_in_due_at = now() WHERE id = ?", pat.owner());

    denial("owner-must-sign-in")
        .body("denial.next", equalTo(List.of("osmo login")))
        .body("denial.since", notNullValue());
  }

  @Test
  void the_explanation_has_exactly_the_members_of_the_contract() {
    removeRole();
    JsonPath golden = JsonPath.from(Contracts.file("denials.json").toFile());

    JsonPath actual = Exchanges.exchange(pat).jsonPath();

    assertThat(actual.<String, Object>getMap("denial").keySet())
        .containsExactlyInAnyOrderElementsOf(
            golden.<String, Object>getMap("refusals.no-roles-left.denial").keySet());
    assertThat(actual.<String, Object>getMap("denial.removed_roles[0]").keySet())
        .containsExactlyInAnyOrderElementsOf(
            golden
                .<String, Object>getMap("refusals.no-roles-left.denial.removed_roles[0]")
                .keySet());
  }

  @Test
  void nobody_else_gets_an_explanation() {
    people.delete(pat);

    for (String text : List.of(pat.text(), TestTokens.random(), "nonsense")) {
      assertThat(Exchanges.exchange(given(), text).asString()).doesNotContain("denial");
    }
  }

  @Test
  @Tag("I9")
  void a_refusal_that_cannot_be_explained_stays_a_refusal() {
    removeRole();
    people.asSuperuser("ALTER FUNCTION last_changes(text, text, text[]) RENAME TO away");
    try {
      Exchanges.exchange(pat)
          .then()
          .statusCode(401)
          .body("type", equalTo("urn:osmo:problem:no-roles-left"))
          .body("denial", nullValue());
    } finally {
      people.asSuperuser("ALTER FUNCTION away(text, text, text[]) RENAME TO last_changes");
    }
  }

  @Test
  @Tag("I3")
  void a_secret_that_is_presented_after_its_grace_is_recorded_once() {
    people.rotate(pat);
    people.asSuperuser(END_GRACE, pat.id());

    IntStream.range(0, 5).forEach(i -> denial("rotated-out"));

    assertThat(people.query(REUSES, pat.id())).containsExactly("secret.reused");
    assertThat(
            people.query(
                "SELECT 1 FROM access_token_secret WHERE token_id = ? AND reused_at IS NOT NULL",
                pat.id()))
        .hasSize(1);
  }

  @Test
  @Tag("I3")
  void a_secret_is_recorded_again_after_a_day() {
    people.rotate(pat);
    people.asSuperuser(END_GRACE, pat.id());
    denial("rotated-out");
    people.asSuperuser(
        "UPDATE access_token_secret SET reused_at = now() - interval '25 hours' WHERE token_id = ? AND reused_at IS NOT NULL",
        pat.id());

    denial("rotated-out");

    assertThat(people.query(REUSES, pat.id())).containsExactly("secret.reused", "secret.reused");
  }

  @Test
  void a_live_and_a_revoked_secret_are_not_recorded() {
    Exchanges.exchange(pat).then().statusCode(200);
    people.asSuperuser(REVOKE, "left", pat.id());
    denial("revoked");

    assertThat(people.query(REUSES, pat.id())).isEmpty();
  }

  private void removeRole() {
    people.removeAs("admin@example.com", pat.owner());
  }

  private void audit(String action) {
    people.asTokenService(AUDIT, action, pat.owner(), pat.id());
  }

  private ValidatableResponse denial(String reason) {
    return Exchanges.exchange(pat)
        .then()
        .statusCode(401)
        .body("denial.reason", equalTo(reason))
        .body("denial.token_name", equalTo(pat.name()))
        .body("denial.user_name", equalTo(pat.owner()));
  }
}
