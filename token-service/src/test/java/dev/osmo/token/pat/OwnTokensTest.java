package dev.osmo.token.pat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OwnTokensTest {

  /** As OSMO writes an instant: the fraction has six digits or is omitted. */
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?";

  private static final String TOKENS = "/api/auth/access_token";

  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  @Test
  void an_empty_post_with_a_json_content_type_answers_the_text_as_a_bare_json_string() {
    Person user = People.with("osmo-user");

    Api.as(user)
        .contentType("application/json")
        .queryParam("expires_at", today.plusDays(40).toString())
        .queryParam("description", "CI/CD pipeline")
        .post(TOKENS + "/ci-token")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body(matchesPattern("\"osmo_[0-9A-Za-z]{34}\""));
  }

  @Test
  @Tag("I1")
  void the_text_of_a_token_is_in_no_table_and_no_later_answer() {
    Person user = People.with("osmo-user");

    String text = Api.as(user).post(TOKENS + "/secretive").as(String.class);

    String body = text.substring(5, 33);
    for (String table :
        List.of("access_token", "access_token_secret", "access_token_role", "audit_event")) {
      assertThat(People.query("SELECT t::text FROM " + table + " t"))
          .noneMatch(row -> row.contains(body));
    }
    assertThat(Api.as(user).get(TOKENS).asString()).doesNotContain(body);
    assertThat(Api.as(user).get(TOKENS + "/secretive/roles").asString()).doesNotContain(body);
  }

  @Test
  void without_an_expiry_a_token_expires_after_31_days() {
    Person user = People.with("osmo-user");

    Api.as(user).post(TOKENS + "/default-life").then().statusCode(200);

    assertThat(listed(user, "default-life"))
        .containsEntry("expires_at", today.plusDays(31) + "T00:00:00");
  }

  @Test
  void an_expiry_may_be_an_instant() {
    Person user = People.with("osmo-user");

    Api.as(user)
        .queryParam("expires_at", today.plusDays(3) + "T12:30:00+02:00")
        .post(TOKENS + "/to-the-minute")
        .then()
        .statusCode(200);

    assertThat(listed(user, "to-the-minute"))
        .containsEntry("expires_at", today.plusDays(3) + "T10:30:00");
  }

  @Test
  void the_list_is_ordered_by_name_and_contains_everything_but_the_secret() {
    Person user = People.with("osmo-user", "osmo-ml-team");
    String date = today.plusDays(9).toString();
    Api.as(user)
        .queryParam("expires_at", date)
        .queryParam("description", "the second")
        .post(TOKENS + "/zulu");
    Api.as(user)
        .queryParam("expires_at", date)
        .queryParam("roles", "osmo-user")
        .post(TOKENS + "/alpha");

    var answer = Api.as(user).get(TOKENS).then().statusCode(200);

    answer.body("token_name", contains("alpha", "login", "zulu"));
    answer.body("[2].user_name", equalTo(user.id()));
    answer.body("[2].description", equalTo("the second"));
    answer.body("[2].expires_at", equalTo(date + "T00:00:00"));
    answer.body("[2].roles", contains("osmo-ml-team", "osmo-user"));
    answer.body("[2].id", matchesPattern("pat_[0-9A-Za-z]{22}"));
    answer.body("[2].created_at", matchesPattern(TIME + "Z"));
    answer.body("[2].state", equalTo("Active"));
    answer.body("[0].roles", contains("osmo-user"));
  }

  @Test
  void the_list_shows_expired_suspended_and_revoked_tokens() {
    Person user = People.with("osmo-user");
    List.of("expired", "suspended", "revoked")
        .forEach(name -> Api.as(user).post(TOKENS + "/" + name).then().statusCode(200));
    People.execute(
        "UPDATE access_token SET expires_at = now() - interval '1 second' WHERE user_id = ? AND name = 'expired'",
        user.id());
    People.execute(
        "UPDATE access_token SET suspended_at = now() WHERE user_id = ? AND name = 'suspended'",
        user.id());
    People.execute(
        "UPDATE access_token_secret SET revoked_at = now() WHERE token_id = (SELECT id FROM access_token WHERE user_id = ? AND name = 'revoked')",
        user.id());

    Api.as(user)
        .get(TOKENS)
        .then()
        .body("state", contains("Expired", "Active", "Revoked", "Suspended"));
  }

  @Test
  void roles_name_who_assigned_them_by_role_name() {
    Person user = People.with("osmo-user", "osmo-ml-team");
    Api.as(user).post(TOKENS + "/mine");

    Api.as(user)
        .get(TOKENS + "/mine/roles")
        .then()
        .statusCode(200)
        .body("user_name", equalTo(user.id()))
        .body("token_name", equalTo("mine"))
        .body("roles.role_name", contains("osmo-ml-team", "osmo-user"))
        .body("roles.assigned_by", contains("admin@example.com", "admin@example.com"))
        .body("roles[0].assigned_at", matchesPattern(TIME + "Z"));
  }

  /** {@code osmo token list -u MYSELF} and {@code osmo token set -u MYSELF} of OSMO's client. */
  @Test
  void the_path_of_the_caller_is_the_callers_own() {
    Person user = People.with("osmo-user", "osmo-ml-team");
    String mine = "/api/auth/user/" + user.id() + "/access_token";

    Api.as(user).post(mine + "/by-path").then().statusCode(200);
    Api.as(user).get(mine).then().statusCode(200).body("token_name", contains("by-path", "login"));
    Api.as(user.loginWithOnly("osmo-user")).post(mine + "/wider").then().statusCode(403);
    Api.as(user).get("/api/auth/user/admin@example.com/access_token").then().statusCode(403);
    Api.as(user).delete(mine + "/by-path").then().statusCode(200);
  }

  @Test
  void a_name_ignores_the_case_of_ascii_letters_and_of_no_others() {
    Person user = People.with("osmo-user");
    Api.as(user).post(TOKENS + "/Kiosk").then().statusCode(200);

    Api.as(user).get(TOKENS + "/kIOSK").then().statusCode(200).body("token_name", equalTo("Kiosk"));
    Api.as(user).post(TOKENS + "/kiosk").then().statusCode(409);
    Api.as(user).get(TOKENS + "/{name}", "\u212Aiosk").then().statusCode(404);
    Api.as(user).delete(TOKENS + "/{name}", "\u212Aiosk").then().statusCode(404);
    Api.as(user).get(TOKENS + "/{name}", "\u017Felf").then().statusCode(404);
    Api.as(user)
        .get("/api/auth/user/" + user.id().toUpperCase(java.util.Locale.ROOT) + "/access_token")
        .then()
        .statusCode(200)
        .body("user_name", hasItem(user.id()));
  }

  @Test
  void a_repeated_role_counts_once() {
    Person user = People.with("osmo-user", "osmo-ml-team");

    Api.as(user)
        .queryParam("roles", "osmo-user", "osmo-user")
        .post(TOKENS + "/twice")
        .then()
        .statusCode(200);

    assertThat(listed(user, "twice")).containsEntry("roles", List.of("osmo-user"));
  }

  @Test
  @Tag("I6")
  @Tag("I7")
  void a_role_that_the_user_lacks_is_refused() {
    Person user = People.with("osmo-user");

    Api.as(user)
        .queryParam("roles", "osmo-user", "osmo-admin")
        .post(TOKENS + "/greedy")
        .then()
        .statusCode(422)
        .body(
            "message",
            equalTo("User does not have all the requested roles. Token creation failed."));

    Api.as(user).get(TOKENS).then().body("token_name", contains("login"));
  }

  @Test
  void a_user_without_roles_cannot_create_a_token() {
    Person user = People.with();

    Api.as(user)
        .post(TOKENS + "/empty")
        .then()
        .statusCode(422)
        .body("message", equalTo("At least one role must be specified for the access token."));
  }

  @Test
  void the_name_of_a_deleted_token_can_be_used_again() {
    Person user = People.with("osmo-user");
    Api.as(user).post(TOKENS + "/brief");

    Api.as(user)
        .delete(TOKENS + "/brief")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body(equalTo("null"));

    Api.as(user)
        .delete(TOKENS + "/brief")
        .then()
        .statusCode(404)
        .body("message", equalTo("Access token brief does not exist."))
        .body("type", equalTo("urn:osmo:problem:token-not-found"));
    Api.as(user)
        .get(TOKENS + "/brief/roles")
        .then()
        .statusCode(404)
        .body("message", equalTo("Token brief not found or does not belong to current user"));
    Api.as(user).post(TOKENS + "/brief").then().statusCode(200);
  }

  @Test
  void a_name_is_unique_ignoring_case() {
    Person user = People.with("osmo-user");
    Api.as(user).post(TOKENS + "/Nightly").then().statusCode(200);

    Api.as(user)
        .post(TOKENS + "/nightly")
        .then()
        .statusCode(409)
        .body("message", equalTo("Token name nightly already exists."));
  }

  @Test
  @Tag("I11")
  void the_tokens_of_other_users_are_neither_listed_nor_changed() {
    Person owner = People.with("osmo-user");
    Api.as(owner).post(TOKENS + "/theirs");
    Person other = People.with("osmo-user");

    Api.as(other).get(TOKENS).then().body("token_name", contains("login"));
    Api.as(other).get(TOKENS + "/theirs/roles").then().statusCode(404);
    Api.as(other).delete(TOKENS + "/theirs").then().statusCode(404);
    Api.as(other).get("/api/auth/user/" + owner.id() + "/access_token").then().statusCode(403);
    Api.as(other).post("/api/auth/user/" + owner.id() + "/access_token/x").then().statusCode(403);
    Api.as(other)
        .delete("/api/auth/user/" + owner.id() + "/access_token/theirs")
        .then()
        .statusCode(403);

    Api.as(owner).get(TOKENS).then().body("", hasSize(2));
  }

  @Test
  void more_than_a_hundred_live_tokens_are_refused_with_the_count() {
    Person user = People.with("osmo-user");
    People.inOneTransaction(
        People.Statement.of(
            "INSERT INTO access_token (id, user_id, name, expires_at, created_by) SELECT 'pat_' || left(md5(? || n), 22), ?, 'n' || n, now() + interval '1 day', 'test' FROM generate_series(1, 99) n",
            user.id(),
            user.id()),
        People.Statement.of(
            "INSERT INTO access_token_secret (token_id, lookup, pepper_id, phc) SELECT id, sha256(id::bytea), 't1', '$argon2id$x' FROM access_token WHERE user_id = ? AND name LIKE 'n%'",
            user.id()));

    Api.as(user)
        .post(TOKENS + "/one-more")
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:osmo:problem:too-many-tokens"))
        .body(
            "message",
            equalTo(
                "User "
                    + user.id()
                    + " has 100 tokens that are neither expired nor revoked, and the limit is 100. Delete a token that is not needed."));
  }

  private static Map<String, Object> listed(Person user, String name) {
    return Api.as(user).get(TOKENS).jsonPath().getMap("find { it.token_name == '" + name + "' }");
  }
}
