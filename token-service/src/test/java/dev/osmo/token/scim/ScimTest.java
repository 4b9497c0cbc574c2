package dev.osmo.token.scim;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Rows;
import dev.osmo.token.testing.Scim;
import dev.osmo.token.testing.Stage;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.ws.rs.HttpMethod;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A directory disables the users who leave. */
@QuarkusTest
class ScimTest {

  private static final String USERS = "/scim/v2/Users";
  private static final String OFF =
      patch("{\"op\":\"replace\",\"path\":\"active\",\"value\":false}");
  private static final String ON = patch("{\"op\":\"replace\",\"path\":\"active\",\"value\":true}");

  private final Person user = People.with("osmo-user");

  /** The second is what Entra ID sends, the third what Okta sends. */
  @ParameterizedTest
  @Tag("I3")
  @ValueSource(
      strings = {
        "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}",
        "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}",
        "{\"op\":\"replace\",\"value\":{\"active\":false}}",
        "{\"op\":\"add\",\"path\":\"urn:ietf:params:scim:schemas:core:2.0:User:active\",\"value\":false}",
        "{\"op\":\"replace\",\"value\":{\"displayName\":\"x\",\"Active\":\"false\"}}",
        "{\"op\":\"replace\",\"path\":\"name.familyName\",\"value\":\"x\"},{\"op\":\"replace\",\"path\":\"active\",\"value\":false}"
      })
  void a_disabled_user_has_no_valid_token_and_no_session(String operation) {
    String session = People.signedIn(user).login().text();
    Api.withBearer(session).get("/api/profile/settings").then().statusCode(200);

    scim(Scim.client().body(patch(operation)).patch(USERS + "/" + user.id()))
        .statusCode(200)
        .body("active", equalTo(false))
        .body("userName", equalTo(user.id()));

    Api.as(user).get("/api/profile/settings").then().statusCode(401);
    Api.withBearer(session).get("/api/profile/settings").then().statusCode(401);
    assertThat(actions()).containsExactly("user.disabled idp:creates");
  }

  @Test
  @Tag("I3")
  void a_deleted_user_is_disabled_and_kept() {
    Scim.client().delete(USERS + "/" + user.id()).then().statusCode(204);

    Api.as(user).get("/api/profile/settings").then().statusCode(401);
    scim(Scim.client().get(USERS + "/" + user.id())).statusCode(200).body("active", equalTo(false));
    Scim.client().delete(USERS + "/" + user.id()).then().statusCode(204);
    assertThat(actions()).containsExactly("user.disabled idp:creates");
  }

  @Test
  @Tag("I3")
  void a_complete_resource_that_is_not_active_disables_its_user() {
    String resource =
        "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"%s\",\"name\":{\"familyName\":\"x\"},\"active\":%s}";

    scim(Scim.client().body(resource.formatted(user.id(), true)).put(USERS + "/" + user.id()))
        .statusCode(200)
        .body("active", equalTo(true));
    scim(Scim.client().body(resource.formatted(user.id(), false)).put(USERS + "/" + user.id()))
        .statusCode(200)
        .body("active", equalTo(false));
    Api.as(user).get("/api/profile/settings").then().statusCode(401);
    error(
        Scim.client().body(resource.formatted("another", true)).put(USERS + "/" + user.id()),
        400,
        "mutability");
  }

  @Test
  void the_directory_enables_whom_it_has_disabled() {
    Scim.client().body(OFF).patch(USERS + "/" + user.id()).then().statusCode(200);

    scim(Scim.client().body(ON).patch(USERS + "/" + user.id()))
        .statusCode(200)
        .body("active", equalTo(true));

    Api.as(user).get("/api/profile/settings").then().statusCode(200);
    assertThat(actions()).containsExactly("user.disabled idp:creates", "user.enabled idp:creates");
  }

  @Test
  @Tag("I3")
  void the_directory_does_not_enable_whom_an_administrator_has_disabled() {
    Person administrator = People.administrator();
    Api.as(administrator).post("/api/auth/user/" + user.id() + "/disable").then().statusCode(200);
    Scim.client().body(OFF).patch(USERS + "/" + user.id()).then().statusCode(200);

    error(Scim.client().body(ON).patch(USERS + "/" + user.id()), 403, null)
        .body("detail", containsString("administrator"));

    Api.as(user).get("/api/profile/settings").then().statusCode(401);
  }

  /** The administrator may know more than the directory. */
  @Test
  @Tag("I3")
  void an_administrator_takes_the_decision_over() {
    Person administrator = People.administrator();
    Scim.client().body(OFF).patch(USERS + "/" + user.id()).then().statusCode(200);
    Api.as(administrator).post("/api/auth/user/" + user.id() + "/disable").then().statusCode(200);

    error(Scim.client().body(ON).patch(USERS + "/" + user.id()), 403, null);
    Api.as(administrator).post("/api/auth/user/" + user.id() + "/enable").then().statusCode(200);
    Scim.client().body(OFF).patch(USERS + "/" + user.id()).then().statusCode(200);
    Scim.client().body(ON).patch(USERS + "/" + user.id()).then().statusCode(200);
  }

  /** Otherwise the administrator would bring somebody back who has left. */
  @Test
  @Tag("I3")
  void a_user_whom_both_sides_have_disabled_is_enabled_by_both() {
    Person administrator = People.administrator();
    String address = "/api/auth/user/" + user.id();
    Api.as(administrator)
        .post(address + "/disable")
        .then()
        .body("disabled_by", contains("administrator"));
    Scim.client().body(OFF).patch(USERS + "/" + user.id()).then().statusCode(200);
    Api.as(administrator)
        .get(address)
        .then()
        .body("disabled_by", contains("administrator", "directory"));

    Api.as(administrator)
        .post(address + "/enable")
        .then()
        .statusCode(200)
        .body("disabled_at", notNullValue())
        .body("disabled_by", contains("directory"));

    Api.as(user).get("/api/profile/settings").then().statusCode(401);
    Api.as(administrator)
        .post(address + "/enable")
        .then()
        .statusCode(200)
        .body("disabled_by", contains("directory"));
    Api.as(user).get("/api/profile/settings").then().statusCode(401);
    scim(Scim.client().body(ON).patch(USERS + "/" + user.id())).body("active", equalTo(true));
    Api.as(user).get("/api/profile/settings").then().statusCode(200);
    assertThat(audited())
        .containsExactly(
            "user.disabled {}",
            "user.disabled {}",
            "user.enabled {\"stays_disabled\": true}",
            "user.enabled {}");
  }

  @Test
  @Tag("I3")
  void an_administrator_can_overrule_the_directory() {
    Person administrator = People.administrator();
    Scim.client().body(OFF).patch(USERS + "/" + user.id()).then().statusCode(200);

    Api.as(administrator)
        .post("/api/auth/user/" + user.id() + "/enable?overrule_directory=true")
        .then()
        .statusCode(200)
        .body("disabled_at", nullValue())
        .body("disabled_by", empty());

    Api.as(user).get("/api/profile/settings").then().statusCode(200);
    assertThat(audited())
        .containsExactly("user.disabled {}", "user.enabled {\"overruled_directory\": true}");
    Scim.client().body(OFF).patch(USERS + "/" + user.id()).then().statusCode(200);
    Api.as(user).get("/api/profile/settings").then().statusCode(401);
  }

  /** A lost response, or a script that keeps a user enabled, would bring back who has left. */
  @ParameterizedTest
  @Tag("I3")
  @ValueSource(strings = {"", "?overrule_directory=false"})
  void an_administrator_who_enables_again_and_again_does_not_overrule_the_directory(String query) {
    Person administrator = People.administrator();
    Scim.client().body(OFF).patch(USERS + "/" + user.id()).then().statusCode(200);

    for (int i = 0; i < 3; i++) {
      Api.as(administrator)
          .post("/api/auth/user/" + user.id() + "/enable" + query)
          .then()
          .statusCode(200)
          .body("disabled_at", notNullValue())
          .body("disabled_by", contains("directory"));
    }

    Api.as(user).get("/api/profile/settings").then().statusCode(401);
    assertThat(audited()).containsExactly("user.disabled {}");
  }

  @Test
  void an_administrator_enables_whom_nobody_has_disabled_in_the_directory_with_either_request() {
    Person administrator = People.administrator();
    String address = "/api/auth/user/" + user.id();
    Api.as(administrator).post(address + "/disable").then().statusCode(200);

    Api.as(administrator)
        .post(address + "/enable?overrule_directory=true")
        .then()
        .body("disabled_at", nullValue());

    assertThat(audited()).containsExactly("user.disabled {}", "user.enabled {}");
  }

  @ParameterizedTest
  @Tag("I9")
  @ValueSource(
      strings = {
        "overrule_directory=",
        "overrule_directory=yes",
        "overrule_directory=true&overrule_directory=false",
        "overrule=true"
      })
  void a_parameter_that_is_not_understood_enables_nobody(String query) {
    Person administrator = People.administrator();
    Scim.client().body(OFF).patch(USERS + "/" + user.id()).then().statusCode(200);

    Api.as(administrator)
        .post("/api/auth/user/" + user.id() + "/enable?" + query)
        .then()
        .statusCode(422);

    Api.as(user).get("/api/profile/settings").then().statusCode(401);
  }

  private List<String> audited() {
    return People.query(
        "SELECT action || ' ' || details::text FROM audit_event WHERE user_id = ? AND action LIKE 'user.%' ORDER BY id",
        user.id());
  }

  /** What the directory says is kept, also when the response is a refusal. */
  @Test
  void the_directory_withdraws_its_decision_while_an_administrator_keeps_the_user_disabled() {
    Person administrator = People.administrator();
    Scim.client().body(OFF).patch(USERS + "/" + user.id()).then().statusCode(200);
    Api.as(administrator).post("/api/auth/user/" + user.id() + "/disable").then().statusCode(200);

    error(Scim.client().body(ON).patch(USERS + "/" + user.id()), 403, null);

    Api.as(administrator)
        .get("/api/auth/user?id_prefix=" + user.id())
        .then()
        .body("users[0].disabled_by", contains("administrator"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"userName eq \"%s\"", "USERNAME Eq \"%s\" ", "id eq \"%s\""})
  void a_user_is_found_by_name_ignoring_the_case(String filter) {
    scim(find(filter.formatted(user.id().toUpperCase(java.util.Locale.ROOT))))
        .statusCode(200)
        .body("schemas[0]", equalTo("urn:ietf:params:scim:api:messages:2.0:ListResponse"))
        .body("totalResults", equalTo(1))
        .body("Resources[0].id", equalTo(user.id()))
        .body(
            "Resources[0].meta.location",
            equalTo("http://localhost:8080/scim/v2/Users/" + user.id()))
        .body("Resources[0]", not(hasKey("externalId")));
  }

  @Test
  void a_user_who_has_signed_in_is_found_by_the_subject_of_the_directory() {
    String subject = "subject \"" + UUID.randomUUID() + "\"";
    link("creates", subject);

    scim(find("externalId eq \"" + subject.replace("\"", "\\\"") + "\""))
        .body("Resources[0].id", equalTo(user.id()))
        .body("Resources[0].externalId", equalTo(subject));
  }

  @Test
  @Tag("I11")
  void a_subject_of_another_provider_finds_nobody() {
    String subject = UUID.randomUUID().toString();
    link("strict", subject);

    scim(find("externalId eq \"" + subject + "\"")).body("totalResults", equalTo(0));
    scim(find("userName eq \"" + user.id() + "\"")).body("Resources[0]", not(hasKey("externalId")));
  }

  @Test
  void an_unknown_user_is_an_empty_list_or_404() {
    scim(find("userName eq \"nobody@example.com\""))
        .statusCode(200)
        .body("totalResults", equalTo(0))
        .body("Resources", hasSize(0));
    error(Scim.client().get(USERS + "/nobody@example.com"), 404, null);
    error(Scim.client().body(OFF).patch(USERS + "/nobody@example.com"), 404, null);
    error(Scim.client().delete(USERS + "/nobody@example.com"), 404, null);
  }

  @Test
  @Tag("I11")
  void users_are_not_listed() {
    error(Scim.client().get(USERS), 400, "tooMany");
    for (String filter :
        List.of(
            "active eq true",
            "userName sw \"a\"",
            "userName eq \"a\" or userName eq \"b\"",
            "userName eq \"a",
            "not (userName eq \"a\")",
            "userName eq \"" + "a".repeat(2000) + "\"")) {
      error(find(filter), 400, "invalidFilter");
    }
  }

  @Test
  void users_are_not_created() {
    Rows before = Rows.now();

    error(Scim.client().body("{\"userName\":\"new@example.com\"}").post(USERS), 501, null);

    assertThat(before.changes()).isEmpty();
  }

  @ParameterizedTest
  @Tag("I9")
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "nonsense",
        "{\"Operations\":[{\"op\":\"replace\",\"path\":\"active\",\"value\":false}]}",
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[]}",
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[1]}"
      })
  void a_malformed_body_changes_nothing(String body) {
    Rows before = Rows.now();

    scim(Scim.client().body(body).patch(USERS + "/" + user.id())).statusCode(400);

    assertThat(before.changes()).isEmpty();
  }

  @ParameterizedTest
  @Tag("I9")
  @ValueSource(
      strings = {
        "{\"op\":\"delete\",\"path\":\"active\"}",
        "{\"op\":\"remove\",\"path\":\"active\"}",
        "{\"op\":\"replace\",\"path\":\"active\"}",
        "{\"op\":\"replace\",\"path\":\"active\",\"value\":\"no\"}",
        "{\"op\":\"replace\",\"path\":\"active\",\"value\":0}",
        "{\"op\":\"replace\",\"path\":\"active\",\"value\":null}",
        "{\"op\":\"replace\",\"path\":1,\"value\":false}",
        "{\"op\":\"replace\",\"value\":\"false\"}",
        "{\"op\":\"replace\",\"value\":{\"active\":true,\"Active\":false}}"
      })
  void an_operation_that_is_not_understood_changes_nothing(String operation) {
    Rows before = Rows.now();

    scim(Scim.client().body(patch(operation)).patch(USERS + "/" + user.id())).statusCode(400);

    assertThat(before.changes()).isEmpty();
  }

  @Test
  void the_last_operation_counts() {
    String both =
        "{\"op\":\"replace\",\"path\":\"active\",\"value\":true},{\"op\":\"replace\",\"value\":{\"active\":false}}";

    scim(Scim.client().body(patch(both)).patch(USERS + "/" + user.id()))
        .body("active", equalTo(false));
  }

  @Test
  void other_attributes_are_ignored() {
    Rows before = Rows.now();

    scim(Scim.client()
            .body(patch("{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"x\"}"))
            .patch(USERS + "/" + user.id()))
        .statusCode(200)
        .body("active", equalTo(true))
        .body("$", not(hasKey("displayName")));

    assertThat(before.changes()).isEmpty();
  }

  @Test
  void the_configuration_names_what_is_supported() {
    scim(Scim.client().get("/scim/v2/ServiceProviderConfig"))
        .statusCode(200)
        .body("patch.supported", equalTo(true))
        .body("bulk.supported", equalTo(false))
        .body("filter.supported", equalTo(true))
        .body("authenticationSchemes[0].type", equalTo("oauthbearertoken"));
  }

  @Test
  void both_tokens_are_accepted_during_a_rotation() {
    Scim.client(Scim.NEXT_TOKEN).get("/scim/v2/ServiceProviderConfig").then().statusCode(200);
  }

  /** Also one that is added later. */
  static Stream<String> routes() {
    return Arrays.stream(ScimResource.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(jakarta.ws.rs.Path.class))
        .map(
            method ->
                verb(method.getAnnotations())
                    + " "
                    + method.getAnnotation(jakarta.ws.rs.Path.class).value());
  }

  private static String verb(Annotation[] annotations) {
    return Arrays.stream(annotations)
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .filter(java.util.Objects::nonNull)
        .map(HttpMethod::value)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @Tag("I11")
  @MethodSource("routes")
  void only_the_directory_is_admitted(String route) {
    String[] parts = route.split(" ", 2);
    String path = "/scim/v2/" + parts[1].replace("{id}", user.id());
    Rows before = Rows.now();

    for (String credential :
        List.of(
            "Bearer " + Scim.TOKEN + "x",
            "Bearer " + Scim.TOKEN.substring(1),
            "Bearer " + People.administrator().login().text(),
            "Basic " + Scim.TOKEN,
            "Bearer ")) {
      error(
          given()
              .header("Authorization", credential)
              .contentType("application/json")
              .body(parts[0].equals("GET") ? "" : OFF)
              .request(parts[0], path),
          401,
          null);
    }
    error(given().contentType("application/json").request(parts[0], path), 401, null)
        .header("WWW-Authenticate", startsWith("Bearer"));

    assertThat(before.changes()).noneMatch(change -> change.contains(user.id()));
  }

  @Test
  @Tag("I11")
  void the_credential_of_the_directory_is_of_no_use_elsewhere() {
    Scim.client().get("/api/auth/user").then().statusCode(401);
    Scim.client().get("/api/auth/access_token").then().statusCode(401);
  }

  private Response find(String filter) {
    return Scim.client().queryParam("filter", filter).get(USERS);
  }

  private void link(String provider, String subject) {
    People.execute(
        "INSERT INTO user_identity (issuer, subject, user_id) VALUES (?, ?, ?)",
        Stage.current().provider().issuer(provider),
        subject,
        user.id());
  }

  private static String patch(String operations) {
    return "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
        + operations
        + "]}";
  }

  private static ValidatableResponse scim(Response answer) {
    return answer.then().contentType(startsWith(Scim.MEDIA_TYPE));
  }

  /** RFC 7644, section 3.12: the status is a text. */
  private static ValidatableResponse error(Response answer, int status, String scimType) {
    return scim(answer)
        .statusCode(status)
        .body("schemas[0]", equalTo("urn:ietf:params:scim:api:messages:2.0:Error"))
        .body("status", equalTo(Integer.toString(status)))
        .body("scimType", equalTo(scimType));
  }

  private List<String> actions() {
    return People.query(
        "SELECT action || ' ' || actor FROM audit_event WHERE user_id = ? AND action LIKE 'user.%' ORDER BY id",
        user.id());
  }
}
