package dev.osmo.exchange.exchange;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.People;
import dev.osmo.testkit.contracts.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Header;
import io.restassured.response.Response;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Invalid access tokens, and who may learn why they are invalid. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class RefusalsTest {

  private static final String REVOKE =
      "UPDATE access_token_secret SET revoked_at = now() WHERE token_id = ?";
  private static final String SUSPEND = "UPDATE access_token SET suspended_at = now() WHERE id = ?";
  private static final String END_GRACE =
      "UPDATE access_token_secret SET valid_until = now() WHERE id ="
          + " (SELECT id FROM access_token_secret WHERE token_id = ? ORDER BY created_at LIMIT 1)";
  private static final String DISABLE_OWNER =
      "UPDATE users SET disabled_at = now() WHERE id = (SELECT user_id FROM access_token WHERE id = ?)";
  private static final String EXPIRE = "UPDATE access_token SET expires_at = now() WHERE id = ?";
  private static final String REMOVE_ROLES =
      "DELETE FROM role_assignment WHERE user_id = (SELECT user_id FROM access_token WHERE id = ?)";

  private static final String MUST_SIGN_IN =
      "UPDATE users SET sign_in_due_at = now() WHERE id = (SELECT user_id FROM access_token WHERE id = ?)";

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  private People people;

  @BeforeEach
  void people() {
    people = new People(databaseUrl);
  }

  @Test
  @Tag("I3")
  void a_deleted_token_cannot_be_exchanged() {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    Exchanges.exchange(pat).then().statusCode(200);
    people.delete(pat);

    refused(pat, "invalid-token", "Access Token is invalid");
  }

  @Test
  @Tag("I3")
  void a_token_of_a_deleted_owner_cannot_be_exchanged() {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    people.asTokenService("DELETE FROM users WHERE id = ?", pat.owner());

    refused(pat, "invalid-token", "Access Token is invalid");
  }

  @Test
  @Tag("I3")
  void an_expired_token_cannot_be_exchanged() {
    IssuedPat pat = people.pat(people.person("osmo-user"), "-1 second");

    refused(pat, "token-expired", "Access Token has expired");
  }

  @Test
  @Tag("I3")
  void a_token_that_was_exchanged_before_it_expired_cannot_be_exchanged_after() {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    Exchanges.exchange(pat).then().statusCode(200);
    people.asSuperuser(EXPIRE, pat.id());

    refused(pat, "token-expired", "Access Token has expired");
  }

  @Test
  @Tag("I3")
  void a_revoked_secret_cannot_be_exchanged() {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    people.asSuperuser(REVOKE, pat.id());

    refused(pat, "token-revoked", "Access Token has been revoked");
  }

  @Test
  @Tag("I3")
  void a_suspended_token_cannot_be_exchanged() {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    people.asSuperuser(SUSPEND, pat.id());

    refused(pat, "token-suspended", "Access Token is suspended");
  }

  @Test
  @Tag("I3")
  void a_rotated_secret_cannot_be_exchanged_after_its_grace_but_its_successor_can() {
    IssuedPat old = people.pat(people.person("osmo-user"));
    IssuedPat rotated = people.rotate(old);
    people.asSuperuser(END_GRACE, old.id());

    refused(old, "token-rotated", "Access Token has been replaced by a newer one and has expired");
    assertThat(Exchanges.exchange(rotated).statusCode()).isEqualTo(200);
  }

  @Test
  @Tag("I3")
  void a_token_of_a_disabled_owner_cannot_be_exchanged() {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    people.asSuperuser(DISABLE_OWNER, pat.id());

    refused(pat, "owner-disabled", "The owner of this access token has been disabled");
  }

  @Test
  @Tag("I2")
  void a_token_without_any_remaining_role_cannot_be_exchanged() {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    people.asTokenService(REMOVE_ROLES, pat.id());

    refused(
        pat,
        "no-roles-left",
        "Access Token has no roles left: each was removed from its owner. Create a new token");
  }

  @Test
  @Tag("I3")
  void a_token_whose_owner_must_sign_in_cannot_be_exchanged_until_then() {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    Exchanges.exchange(pat).then().statusCode(200);
    people.asSuperuser(MUST_SIGN_IN, pat.id());

    refused(
        pat,
        "owner-must-sign-in",
        "The owner of this access token must sign in again: the identity provider has not confirmed"
            + " the owner for too long");

    people.asSuperuser(
        "UPDATE users SET sign_in_due_at = now() + interval '1 day' WHERE id = ?", pat.owner());
    Exchanges.exchange(pat).then().statusCode(200);
  }

  @Test
  void of_several_reasons_the_first_in_order_is_given() {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    List<String> blows =
        List.of(MUST_SIGN_IN, REMOVE_ROLES, END_GRACE, SUSPEND, EXPIRE, REVOKE, DISABLE_OWNER);
    List<String> told =
        List.of(
            "owner-must-sign-in",
            "no-roles-left",
            "token-rotated",
            "token-suspended",
            "token-expired",
            "token-revoked",
            "owner-disabled");

    for (int i = 0; i < blows.size(); i++) {
      people.asSuperuser(blows.get(i), pat.id());
      assertThat(Exchanges.exchange(pat).<String>path("type")).endsWith(":" + told.get(i));
    }
  }

  @Test
  @Tag("I9")
  void a_secret_whose_hash_was_replaced_in_the_database_is_refused() {
    IssuedPat mine = people.pat(people.person("osmo-user"));
    IssuedPat others = people.pat(people.person("osmo-admin"));
    people.asSuperuser(
        "UPDATE access_token_secret SET phc = (SELECT phc FROM access_token_secret WHERE token_id = ?)"
            + " WHERE token_id = ?",
        others.id(),
        mine.id());

    refused(mine, "invalid-token", "Access Token is invalid");
  }

  @Test
  @Tag("I11")
  void malformed_unknown_and_deleted_tokens_get_identical_answers() {
    IssuedPat deleted = people.pat(people.person("osmo-user"));
    people.delete(deleted);

    String malformed = withoutDate(named("osmo_nonsense"));
    String unknown = withoutDate(named(TestTokens.random()));

    assertThat(unknown).isEqualTo(malformed);
    assertThat(withoutDate(named(deleted.text()))).isEqualTo(malformed);
    assertThat(withoutDate(named(""))).isEqualTo(malformed);
  }

  private static Response named(String token) {
    return Exchanges.exchange(given().header("X-Request-Id", "the-same"), token);
  }

  private static String withoutDate(Response answer) {
    List<Header> headers =
        answer.headers().asList().stream().filter(h -> !h.getName().equals("Date")).toList();
    return answer.statusLine() + headers + answer.asString();
  }

  private static void refused(IssuedPat pat, String problem, String message) {
    Response answer = Exchanges.exchange(pat);
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(401);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.<String>path("type")).isEqualTo("urn:osmo:problem:" + problem);
    assertThat(answer.<String>path("message")).isEqualTo(message);
    assertThat(answer.<String>path("detail")).isEqualTo(message);
    assertThat(answer.<String>path("error_code")).isEqualTo("USER");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.asString()).doesNotContain(pat.text());
  }
}
