package dev.osmo.token.pat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Access tokens without a secret, which only a workload can use. */
@QuarkusTest
class WorkloadTrustTest {

  private static final String TOKENS = "/api/auth/access_token";
  private static final String TRUST = "github:acme/app@refs/heads/main";
  private static final String SUBJECT = "repo:acme/app:ref:refs/heads/main";

  @Test
  void the_answer_to_a_creation_with_trust_is_the_id_of_the_token() {
    Person user = People.with("osmo-user");

    created(user, "ci").then().body(matchesPattern("\"pat_[0-9A-Za-z]{22}\""));
  }

  @Test
  @Tag("I1")
  void the_token_has_no_secret() {
    Person user = People.with("osmo-user");
    String id = created(user, "ci").as(String.class);

    assertThat(
            People.query(
                "SELECT concat_ws('|', lookup, pepper_id, phc, trusted_issuer, trusted_audience,"
                    + " trusted_subject) FROM access_token_secret WHERE token_id = ?",
                id))
        .containsExactly(
            "https://token.actions.githubusercontent.com|https://osmo.test|" + SUBJECT);
    Api.as(user)
        .get(TOKENS + "/ci")
        .then()
        .body("secrets", empty())
        .body("trust.issuer", equalTo("https://token.actions.githubusercontent.com"))
        .body("trust.audience", equalTo("https://osmo.test"))
        .body("trust.subject", equalTo(SUBJECT))
        .body("trust.first_used_at", nullValue())
        .body("state", equalTo("Active"))
        .body("roles", contains("osmo-user"));
  }

  @Test
  void a_token_with_a_secret_trusts_nobody() {
    Person user = People.with("osmo-user");
    Api.as(user).post(TOKENS + "/ordinary").then().statusCode(200);

    Api.as(user)
        .get(TOKENS + "/ordinary")
        .then()
        .body("trust", nullValue())
        .body("secrets", hasSize(1));
  }

  @Test
  void the_audit_trail_names_the_workload() {
    Person user = People.with("osmo-user");
    String id = created(user, "ci").as(String.class);

    assertThat(
            People.query(
                "SELECT details ->> 'trusted_subject' FROM audit_event"
                    + " WHERE pat_id = ? AND action = 'token.created'",
                id))
        .containsExactly(SUBJECT);
  }

  @Test
  void there_is_no_secret_to_rotate() {
    Person user = People.with("osmo-user");
    created(user, "ci");

    Response refused = Api.as(user).post(TOKENS + "/ci/rotate");

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.<String>path("type")).isEqualTo("urn:osmo:problem:no-secret");
  }

  /** A JWT of such a token names its trust where others name their secret. */
  @Test
  @Tag("I3")
  void a_jwt_of_the_token_is_accepted_until_the_token_is_suspended() {
    Person user = People.with("osmo-user");
    String id = created(user, "ci").as(String.class);
    Jwt jwt = Jwt.of(user.id(), id, List.of("osmo-user"));

    Api.as(jwt).get(TOKENS + "/self").then().statusCode(200).body("token_name", equalTo("ci"));
    Api.as(user).post(TOKENS + "/ci/suspend").then().statusCode(200);
    Api.as(jwt).get(TOKENS + "/self").then().statusCode(401);
  }

  @Test
  @Tag("I3")
  void a_revocation_of_all_tokens_revokes_it() {
    Person user = People.with("osmo-user");
    created(user, "ci");

    Api.as(People.administrator())
        .contentType("application/json")
        .body("{}")
        .post("/api/auth/user/" + user.id() + "/revoke_tokens")
        .then()
        .statusCode(200);

    assertThat(
            People.query(
                "SELECT revoked_at FROM access_token_secret s JOIN access_token t ON t.id ="
                    + " s.token_id WHERE t.user_id = ? AND t.name = 'ci'",
                user.id()))
        .doesNotContainNull();
  }

  @Test
  @Tag("I6")
  void a_downscoped_jwt_cannot_let_a_workload_in() {
    Person user = People.with("osmo-user", "osmo-ml-team");

    Api.as(user.loginWithOnly("osmo-user"))
        .queryParam("trust", TRUST)
        .post(TOKENS + "/ci")
        .then()
        .statusCode(403);
  }

  @Test
  @Tag("I6")
  void the_roles_are_limited_to_those_of_the_login() {
    Person user = People.with("osmo-user");
    People.execute("INSERT INTO role (name) VALUES ('osmo-late') ON CONFLICT DO NOTHING");
    People.execute(
        "INSERT INTO role_assignment (user_id, role_name, assigned_by) VALUES (?, 'osmo-late',"
            + " 'x')",
        user.id());

    Api.as(user)
        .queryParam("trust", TRUST)
        .queryParam("roles", "osmo-late")
        .post(TOKENS + "/ci")
        .then()
        .statusCode(403);
  }

  @Test
  @Tag("I11")
  void another_users_token_can_trust_a_workload_only_by_an_administrator() {
    Person owner = People.with("osmo-user");
    String path = "/api/auth/user/" + owner.id() + "/access_token/ci";

    Api.as(People.with("osmo-user")).queryParam("trust", TRUST).post(path).then().statusCode(403);
    Api.as(People.administrator()).queryParam("trust", TRUST).post(path).then().statusCode(200);
    Api.as(owner).get(TOKENS).then().body("token_name", hasItem("ci"));
  }

  @Test
  @Tag("I9")
  void an_issuer_that_is_not_trusted_is_refused_and_nothing_is_created() {
    Person user = People.with("osmo-user");

    for (String trust :
        List.of(
            "gitlab:acme/app@refs/heads/main",
            "issuer=https://evil.example.com,subject=x",
            "github:acme/*@refs/heads/main",
            "")) {
      Response refused = Api.as(user).queryParam("trust", trust).post(TOKENS + "/ci");

      assertThat(refused.statusCode()).as(trust).isEqualTo(422);
      assertThat(refused.<String>path("type")).isEqualTo("urn:osmo:problem:invalid-field");
    }
    Api.as(user).get(TOKENS + "/ci").then().statusCode(404);
  }

  @Test
  void two_workloads_for_one_token_are_refused() {
    Api.as(People.with("osmo-user"))
        .queryParam("trust", TRUST, TRUST)
        .post(TOKENS + "/ci")
        .then()
        .statusCode(422);
  }

  @Test
  void a_repeated_creation_creates_no_second_token() {
    Person user = People.with("osmo-user");
    String key = "key-" + user.id();
    String id =
        Api.as(user)
            .header("Idempotency-Key", key)
            .queryParam("trust", TRUST)
            .post(TOKENS + "/ci")
            .as(String.class);

    Response repeated =
        Api.as(user).header("Idempotency-Key", key).queryParam("trust", TRUST).post(TOKENS + "/ci");

    assertThat(repeated.statusCode()).isEqualTo(409);
    assertThat(repeated.<String>path("message"))
        .isEqualTo("This request already created the access token " + id + ". It has no text.");
  }

  private static Response created(Person user, String name) {
    Response response = Api.as(user).queryParam("trust", TRUST).post(TOKENS + "/" + name);
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
    return response;
  }
}
