package dev.osmo.token.profile;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProfileTest {

  @Test
  void the_profile_contains_user_pool_roles_and_token() {
    Person user = People.with("osmo-user", "osmo-ml-team");

    Api.as(user)
        .get("/api/profile/settings")
        .then()
        .statusCode(200)
        .body("profile.username", equalTo(user.id()))
        .body("profile.pool", equalTo("default"))
        .body("profile.email_notification", equalTo(false))
        .body("roles", contains("osmo-ml-team", "osmo-user"))
        .body("pools", contains("default"))
        .body("token.name", equalTo("login"))
        .body("token.expires_at", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d"));
  }

  @Test
  void the_pools_are_an_object_by_name() {
    Api.as(People.with("osmo-user"))
        .get("/api/pool?all_pools=True")
        .then()
        .statusCode(200)
        .body("pools.default.name", equalTo("default"))
        .body("pools.default.status", equalTo("ONLINE"))
        .body("pools.default.platforms.local.host_network_allowed", equalTo(false));
  }

  @Test
  void the_version_is_public() {
    given()
        .get("/api/version")
        .then()
        .statusCode(200)
        .body("major", equalTo("0"))
        .body("minor", equalTo("1"))
        .body("revision", equalTo("0"))
        .body("hash", equalTo(""));
    given()
        .accept("text/plain")
        .get("/client/version")
        .then()
        .statusCode(200)
        .body(equalTo("0.1.0"));
    given().get("/client/version").then().statusCode(200).body("major", equalTo("0"));
  }

  @Test
  void profile_and_pools_need_a_login() {
    given().get("/api/profile/settings").then().statusCode(401);
    given().get("/api/pool").then().statusCode(401);
  }

  @Test
  void a_changed_profile_setting_is_kept_and_the_others_stay() {
    Person user = People.with("osmo-user");

    choose(user, "{\"pool\": \"gpu-1\"}").then().statusCode(200).body(equalTo("null"));
    choose(user, "{\"email_notification\": true}").then().statusCode(200);
    choose(user, "{\"slack_notification\": true}").then().statusCode(200);
    choose(user, "{\"slack_notification\": false}").then().statusCode(200);
    choose(user, "{}").then().statusCode(200);

    Api.as(user)
        .get("/api/profile/settings")
        .then()
        .body("profile.pool", equalTo("gpu-1"))
        .body("profile.email_notification", equalTo(true))
        .body("profile.slack_notification", equalTo(false))
        .body("pools", contains("default"));
    Api.as(People.with("osmo-user"))
        .get("/api/profile/settings")
        .then()
        .body("profile.pool", equalTo("default"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pool\": \"\"}",
        "{\"pool\": \"a b\"}",
        "{\"pool\": \"line\\nbreak\"}",
        "{\"pool\": \"-x\"}"
      })
  void a_pool_of_another_shape_is_refused(String body) {
    Person user = People.with("osmo-user");

    choose(user, body).then().statusCode(422).body("message", containsString("pool"));
    choose(user, "{\"pool\": \"" + "x".repeat(65) + "\"}").then().statusCode(422);
    choose(user, "{\"email_notification\": \"often\"}")
        .then()
        .statusCode(400)
        .body("message", containsString("email_notification"));
  }

  private static Response choose(Person user, String body) {
    return Api.as(user).contentType("application/json").body(body).post("/api/profile/settings");
  }
}
