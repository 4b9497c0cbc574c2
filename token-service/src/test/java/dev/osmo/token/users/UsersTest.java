package dev.osmo.token.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class UsersTest {

  private static final String USERS = "/api/auth/user";

  private final Person admin = People.administrator();
  private final String id = "new-" + UUID.randomUUID() + "@example.com";

  @Test
  void a_user_is_created_with_roles() {
    post("{\"id\":\"" + id + "\",\"roles\":[\"osmo-user\",\"osmo-introspect\"]}")
        .statusCode(200)
        .body("id", equalTo(id))
        .body("created_by", equalTo(admin.id()));

    Api.as(admin)
        .get(USERS + "/" + id)
        .then()
        .statusCode(200)
        .body("roles.role_name", contains("osmo-user", "osmo-introspect"))
        .body("roles.assigned_by", contains(admin.id(), admin.id()));
  }

  @Test
  void an_id_is_unique_ignoring_case() {
    post("{\"id\":\"" + id + "\"}").statusCode(200);

    post("{\"id\":\"" + id.toUpperCase(Locale.ROOT) + "\"}")
        .statusCode(409)
        .body("type", equalTo("urn:osmo:problem:user-exists"));
  }

  @Test
  @Tag("I7")
  void a_user_with_an_unknown_role_is_not_created() {
    post("{\"id\":\"" + id + "\",\"roles\":[\"osmo-user\",\"no-such-role\"]}")
        .statusCode(404)
        .body("message", equalTo("Role no-such-role does not exist"));

    Api.as(admin)
        .get(USERS + "/" + id)
        .then()
        .statusCode(404)
        .body("message", equalTo("User " + id + " not found"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"-x\"}",
        "{\"id\":\"a b\"}",
        "{\"id\":\" \"}",
        "{}",
        "",
        "{\"id\":\"ok\",\"roles\":[null]}"
      })
  void an_id_of_another_shape_is_refused(String body) {
    post(body).statusCode(422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "\"x\"",
        "{\"id\":{}}",
        "{\"id\":\"a\",\"admin\":true}",
        "{\"id\":\"a\",\"roles\":\"osmo-user\"}"
      })
  void a_malformed_body_is_refused(String body) {
    post(body).statusCode(400).body("type", equalTo("urn:osmo:problem:malformed-request"));
  }

  @Test
  void a_body_of_another_media_type_is_refused() {
    Api.as(admin)
        .contentType("text/plain")
        .body("x")
        .post(USERS)
        .then()
        .statusCode(415)
        .contentType("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"count=1&count=2", "roles=", "count=0", "count=1001", "start_index=x"})
  void a_meaningless_filter_is_refused(String query) {
    Api.as(admin)
        .get("/api/auth/user?" + query)
        .then()
        .statusCode(422)
        .body("type", equalTo("urn:osmo:problem:invalid-field"));
  }

  @Test
  void users_are_listed_newest_first_and_filtered() {
    String other = "other-" + id;
    post("{\"id\":\"" + id + "\",\"roles\":[\"osmo-introspect\"]}");
    post("{\"id\":\"" + other + "\"}");

    list()
        .queryParam("count", 2)
        .get(USERS)
        .then()
        .body("users.id", contains(other, id))
        .body("start_index", equalTo(1))
        .body("items_per_page", equalTo(2));
    list()
        .queryParam("count", 1)
        .queryParam("start_index", 2)
        .get(USERS)
        .then()
        .body("users.id", contains(id));
    list()
        .queryParam("id_prefix", "other-" + id)
        .get(USERS)
        .then()
        .body("users.id", contains(other))
        .body("total_results", equalTo(1));
    list()
        .queryParam("roles", "osmo-introspect")
        .get(USERS)
        .then()
        .body("users.id", hasItem(id))
        .body("users.id", not(hasItem(other)));
    list().queryParam("count", 0).get(USERS).then().statusCode(422);
    list().queryParam("count", 1001).get(USERS).then().statusCode(422);
  }

  @Test
  @Tag("I7")
  void deleting_a_user_writes_removal_events_that_name_the_administrator() {
    Person user = People.with("osmo-user", "osmo-ml-team");

    Api.as(admin).delete(USERS + "/" + user.id()).then().statusCode(200).body(equalTo("null"));

    Api.as(admin).get(USERS + "/" + user.id()).then().statusCode(404);
    Api.as(admin).delete(USERS + "/" + user.id()).then().statusCode(404);
    assertThat(People.query("SELECT removed_by FROM role_removal WHERE user_id = ?", user.id()))
        .containsExactly(admin.id(), admin.id());
    assertThat(People.query("SELECT id FROM access_token WHERE user_id = ?", user.id())).isEmpty();
  }

  @Test
  void an_unknown_field_is_named_unless_it_could_be_a_secret() {
    for (String field : List.of("x", "disabled")) {
      Api.as(People.administrator())
          .contentType("application/json")
          .body("{\"id\":\"ab\",\"" + field + "\":1}")
          .post("/api/auth/user")
          .then()
          .statusCode(400)
          .contentType("application/problem+json")
          .body("message", org.hamcrest.Matchers.containsString("a field " + field + " "));
    }
    Api.as(People.administrator())
        .contentType("application/json")
        .body("{\"" + "a".repeat(39) + "\":1}")
        .post("/api/auth/user")
        .then()
        .statusCode(400)
        .body("message", org.hamcrest.Matchers.not(org.hamcrest.Matchers.containsString("aaa")));
  }

  @Test
  @Tag("I11")
  void only_administrators_manage_users() {
    Person user = People.with("osmo-user");

    Api.as(user).get(USERS).then().statusCode(403);
    Api.as(user).get(USERS + "/" + user.id()).then().statusCode(403);
    Api.as(user).delete(USERS + "/" + admin.id()).then().statusCode(403);
    Api.as(user)
        .contentType("application/json")
        .body("{\"id\":\"x\"}")
        .post(USERS)
        .then()
        .statusCode(403);
    Api.as(admin).get("/api/auth/access_token").then().body("", hasSize(1));
  }

  private RequestSpecification list() {
    return Api.as(admin);
  }

  private ValidatableResponse post(String body) {
    return Api.as(admin).contentType("application/json").body(body).post(USERS).then();
  }
}
