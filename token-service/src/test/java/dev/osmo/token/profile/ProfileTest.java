package dev.osmo.token.profile;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
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

  /** {@code osmo pool list} reads every one of these fields, and all numbers as text. */
  @Test
  void the_quota_of_the_pools_is_what_osmo_pool_list_reads() {
    Person user = People.with("osmo-user");

    var all = Api.as(user).get("/api/pool_quota").then().statusCode(200);
    all.body("node_sets.size()", equalTo(1));
    all.body("node_sets[0].pools.name", contains("default"));
    all.body("node_sets[0].pools[0].description", equalTo("Default pool"));
    all.body("node_sets[0].pools[0].status", equalTo("ONLINE"));
    for (String place : new String[] {"node_sets[0].pools[0].resource_usage", "resource_sum"}) {
      for (String number :
          new String[] {
            "quota_used", "quota_free", "quota_limit", "total_usage", "total_capacity", "total_free"
          }) {
        all.body(place + "." + number, equalTo("0"));
      }
    }
    Api.as(user)
        .get("/api/pool_quota?pools=other")
        .then()
        .statusCode(200)
        .body("node_sets", empty());
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

    choose(user, "{\"pool\": \"default\"}").then().statusCode(200).body(equalTo("null"));
    choose(user, "{\"email_notification\": true}").then().statusCode(200);
    choose(user, "{\"slack_notification\": true}").then().statusCode(200);
    choose(user, "{\"slack_notification\": false}").then().statusCode(200);
    choose(user, "{}").then().statusCode(200);

    Api.as(user)
        .get("/api/profile/settings")
        .then()
        .body("profile.pool", equalTo("default"))
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
        "{\"pool\": \"nosuch\"}"
      })
  void a_pool_that_does_not_exist_is_refused(String body) {
    Person user = People.with("osmo-user");

    choose(user, body).then().statusCode(422).body("message", containsString("pool"));
    choose(user, "{\"pool\": \"" + "x".repeat(65) + "\"}").then().statusCode(422);
    choose(user, "{\"email_notification\": \"often\"}")
        .then()
        .statusCode(400)
        .body("message", containsString("email_notification"));
  }

  /** A client that changes what it read sends the username back. */
  @Test
  void the_username_is_accepted_and_never_another_one() {
    Person user = People.with("osmo-user");

    choose(user, "{\"username\": \"" + user.id() + "\", \"pool\": \"default\"}")
        .then()
        .statusCode(200);
    choose(user, "{\"username\": \"somebody@example.com\"}")
        .then()
        .statusCode(422)
        .body("message", containsString("username"));
  }

  private static Response choose(Person user, String body) {
    return Api.as(user).contentType("application/json").body(body).post("/api/profile/settings");
  }
}
