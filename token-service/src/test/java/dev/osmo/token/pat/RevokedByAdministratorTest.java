package dev.osmo.token.pat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("I3")
class RevokedByAdministratorTest {

  private static final String TOKENS = "/api/auth/access_token";

  private final Person admin = People.administrator();
  private final Person user = People.with("osmo-user");

  @Test
  void all_live_tokens_of_a_user_are_revoked_with_the_reason() {
    Api.as(user).post(TOKENS + "/rotated");
    Api.as(user).post(TOKENS + "/rotated/rotate").then().statusCode(200);
    Api.as(user).post(TOKENS + "/asleep");
    Api.as(user).post(TOKENS + "/asleep/suspend").then().statusCode(200);
    Api.as(user).post(TOKENS + "/expired");
    People.execute(
        "UPDATE access_token SET expires_at = '2020-01-01' WHERE user_id = ? AND name = 'expired'",
        user.id());

    revoke("{\"reason\": \"left the team\"}").then().statusCode(200).body("revoked", equalTo(3));

    Api.as(user).get(TOKENS).then().statusCode(401);
    Response tokens = Api.as(admin).get("/api/auth/user/" + user.id() + "/access_token");
    assertThat(tokens.<Object>path("findAll { it.state == 'Revoked' }.token_name"))
        .asString()
        .isEqualTo("[asleep, login, rotated]");
    assertThat(tokens.<Object>path("findAll { it.reason == 'left the team' }.size()")).isEqualTo(3);
    assertThat(tokens.<Object>path("find { it.token_name == 'expired' }.state"))
        .isEqualTo("Expired");
    Api.as(admin)
        .post("/api/auth/user/" + user.id() + "/access_token/asleep/resume")
        .then()
        .statusCode(200)
        .body("state", equalTo("Revoked"));
  }

  @Test
  void each_revoked_token_has_one_audit_row_and_a_second_call_revokes_none() {
    Api.as(user).post(TOKENS + "/one");

    revoke("{}").then().statusCode(200).body("revoked", equalTo(2));
    revoke("").then().statusCode(200).body("revoked", equalTo(0));

    assertThat(
            People.query(
                "SELECT details->>'reason' FROM audit_event WHERE user_id = ? AND action = 'token.revoked' AND actor = ?",
                user.id(),
                admin.id()))
        .containsExactly("revoked by an administrator", "revoked by an administrator");
  }

  @Test
  void a_long_or_unprintable_reason_and_an_unknown_field_are_refused() {
    revoke("{\"reason\": \"" + "x".repeat(201) + "\"}")
        .then()
        .statusCode(422)
        .body("message", containsString("reason"));
    revoke("{\"reason\": \"line\\nbreak\"}").then().statusCode(422);
    revoke("{\"why\": \"x\"}").then().statusCode(400).body("message", containsString("why"));
    Api.as(user).get(TOKENS).then().statusCode(200);
  }

  @Test
  @Tag("I11")
  void only_administrators_revoke_tokens_of_existing_users() {
    Api.as(user)
        .contentType("application/json")
        .post("/api/auth/user/" + user.id() + "/revoke_tokens")
        .then()
        .statusCode(403);
    Api.as(admin)
        .contentType("application/json")
        .post("/api/auth/user/nobody/revoke_tokens")
        .then()
        .statusCode(404);
  }

  private Response revoke(String body) {
    return Api.as(admin)
        .contentType("application/json")
        .body(body)
        .post("/api/auth/user/" + user.id() + "/revoke_tokens");
  }
}
