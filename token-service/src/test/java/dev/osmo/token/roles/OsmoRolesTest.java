package dev.osmo.token.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Roles as OSMO's clients send and read them. */
@QuarkusTest
class OsmoRolesTest {

  private static final String ROLES = "/api/configs/role";

  private final Person admin = People.administrator();
  private final String role = "team-" + UUID.randomUUID();

  /** The body of {@code osmo config update ROLE} and {@code osmo config set ROLE}. */
  @Test
  void a_role_in_osmo_s_envelope_is_kept_with_every_field() {
    String fields =
        """
        "name": "%s", "description": "A team", "immutable": false, "sync_mode": "force",
        "policies": [{"effect": "Deny", "actions": ["workflow:Create", "*:*"], "resources": ["pool/a"]},
                     {"actions": [{"base": "http", "path": "/api/*", "method": "get"}]}],
        "external_roles": ["ml", "LDAP team"]
        """
            .formatted(role);

    put(role, "{\"configs\": {%s}, \"description\": \"because\", \"tags\": [\"a\"]}", fields)
        .statusCode(200);

    JsonPath kept =
        Api.as(admin).get(ROLES + "/" + role).then().statusCode(200).extract().jsonPath();
    assertThat(kept.getMap(""))
        .isEqualTo(
            JsonPath.from(
                    "{" + fields.replace("\"ml\", \"LDAP team\"", "\"LDAP team\", \"ml\"") + "}")
                .getMap(""));
    assertThat(
            People.query(
                "SELECT (details->>'description') || (details->>'tags') FROM audit_event WHERE details->>'role' = ?",
                role))
        .containsExactly("because[\"a\"]");
  }

  /** The whole list, as {@code osmo config update ROLE} reads, edits and returns it. */
  @Test
  void the_list_of_roles_can_be_sent_back() {
    put(
            role,
            "{\"configs\": {%s}, \"description\": null, \"tags\": null}",
            "\"name\": \"" + role + "\"")
        .statusCode(200);
    String list = Api.as(admin).get(ROLES).asString();

    put(
            "",
            "{\"configs\": %s, \"description\": \"edit\"}",
            list.replace("\"Uses the", "\"Still uses the"))
        .statusCode(200)
        .body("name", hasItems("osmo-admin", role));

    Api.as(admin).get(ROLES + "/osmo-user").then().body("description", containsString("ses the"));
    assertThat(Api.as(admin).get(ROLES).jsonPath().getList("name"))
        .isEqualTo(JsonPath.from(list).getList("name"));
  }

  @Test
  void one_refused_role_of_a_list_changes_none() {
    put("", "{\"configs\": [{\"name\": \"%s\"}, {\"name\": \"b d\"}]}", role).statusCode(422);

    Api.as(admin).get(ROLES + "/" + role).then().statusCode(404);
  }

  @Test
  void an_omitted_field_keeps_its_value_and_a_new_role_gets_osmo_s_defaults() {
    put(role, "{%s}", "").statusCode(200);
    Api.as(admin)
        .get(ROLES + "/" + role)
        .then()
        .body("description", equalTo(""))
        .body("policies", empty())
        .body("immutable", equalTo(false))
        .body("sync_mode", equalTo("import"))
        .body("external_roles", contains(role));

    put(role, "{%s}", "\"description\": \"kept\", \"external_roles\": []").statusCode(200);
    put(role, "{%s}", "\"sync_mode\": \"ignore\"")
        .statusCode(200)
        .body("description", equalTo("kept"))
        .body("sync_mode", equalTo("ignore"))
        .body("external_roles", empty());
  }

  @Test
  void an_immutable_role_does_not_change_and_a_role_becomes_immutable_only_at_creation() {
    put(role, "{%s}", "\"immutable\": true, \"description\": \"first\"").statusCode(200);

    put(role, "{%s}", "\"description\": \"second\"")
        .statusCode(409)
        .body("type", equalTo("urn:osmo:problem:role-immutable"))
        .body("message", equalTo("Role " + role + " is immutable"));
    Api.as(admin).get(ROLES + "/" + role).then().body("description", equalTo("first"));
    put("", "{\"configs\": [%s]}", Api.as(admin).get(ROLES + "/" + role).asString())
        .statusCode(200);

    String other = role + "2";
    put(other, "{%s}", "").statusCode(200);
    put(other, "{%s}", "\"immutable\": true").statusCode(409);
    Api.as(admin).get(ROLES + "/" + other).then().body("immutable", equalTo(false));
  }

  /** A field that is not kept is refused, so that nobody relies on it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"sync_mode\": \"Force\"",
        "\"external_roles\": [null]",
        "\"external_roles\": [\"a\\u0000b\"]",
        "\"policies\": {}",
        "\"policies\": [1]",
        "\"policies\": [{}]",
        "\"policies\": [{\"actions\": \"a:B\"}]",
        "\"policies\": [{\"actions\": [1]}]",
        "\"policies\": [{\"actions\": [\"a\\u0000\"]}]",
        "\"policies\": [{\"actions\": [{\"a\\u0000\": \"x\"}]}]",
        "\"policies\": [{\"actions\": [], \"effect\": \"Maybe\"}]",
        "\"policies\": [{\"actions\": [], \"resources\": \"x\"}]",
        "\"policies\": [{\"actions\": [], \"conditions\": []}]",
        "\"tags\": [\"a\"]",
        "\"configs\": {}, \"sync_mode\": \"force\"",
        "\"configs\": {\"name\": \"other\"}",
        "\"configs\": {}, \"tags\": [null]",
        "\"configs\": {}, \"description\": \"\\u0000\""
      })
  void what_cannot_be_kept_is_refused(String fields) {
    put(role, "{%s}", fields).statusCode(422);

    Api.as(admin).get(ROLES + "/" + role).then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"configs\": null}", "{\"configs\": [null]}", "{\"configs\": [{}]}", ""})
  void an_envelope_without_roles_is_refused(String body) {
    put("", "%s", body).statusCode(422);
  }

  /** OSMO's client explains a deletion in the body. */
  @Test
  void a_deletion_may_be_explained() {
    put(role, "{%s}", "").statusCode(200);

    Api.as(admin)
        .contentType("application/json")
        .body("{\"description\": \"gone\", \"tags\": null}")
        .delete(ROLES + "/" + role)
        .then()
        .statusCode(200)
        .body(equalTo("null"));

    assertThat(
            People.query(
                "SELECT details->>'description' FROM audit_event WHERE action = 'role.deleted' AND details->>'role' = ?",
                role))
        .containsExactly("gone");
  }

  @ParameterizedTest
  @CsvSource({"osmo-admin", "osmo-user", "osmo-default", "osmo-backend", "osmo-ctrl"})
  void the_roles_of_osmo_s_documentation_exist(String name) {
    Api.as(admin).get(ROLES + "/" + name).then().statusCode(200);
  }

  private ValidatableResponse put(String name, String body, Object fields) {
    return Api.as(admin)
        .contentType("application/json")
        .body(body.formatted(fields))
        .put(name.isEmpty() ? ROLES : ROLES + "/" + name)
        .then();
  }
}
