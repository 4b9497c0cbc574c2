package dev.osmo.token.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.Pages;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        .body("created_by", equalTo(admin.id()))
        .body("created_at", matchesPattern("[-0-9]{10}T[:0-9]{8}(\\.\\d{6})?Z"));

    Api.as(admin)
        .get(USERS + "/" + id)
        .then()
        .statusCode(200)
        .body("roles.role_name", contains("osmo-introspect", "osmo-user"))
        .body("roles.assigned_by", contains(admin.id(), admin.id()));
  }

  @Test
  void an_id_is_unique_ignoring_case() {
    post("{\"id\":\"" + id + "\"}").statusCode(200);

    post("{\"id\":\"" + id.toUpperCase(Locale.ROOT) + "\"}")
        .statusCode(409)
        .body("type", equalTo("urn:osmo:problem:user-exists"));
  }

  /** One rule for every address: the case of ASCII letters does not count. */
  @Test
  void every_address_finds_a_user_ignoring_the_case_of_ascii_letters() {
    post("{\"id\":\"" + id + "\",\"roles\":[\"osmo-user\"]}").statusCode(200);
    String upper = USERS + "/" + id.toUpperCase(Locale.ROOT);
    String grant = "{\"role_name\":\"osmo-introspect\"}";

    list().get(upper).then().statusCode(200).body("id", equalTo(id));
    list()
        .contentType("application/json")
        .body(grant)
        .post(upper + "/roles")
        .then()
        .statusCode(200)
        .body("user_id", equalTo(id));
    list()
        .contentType("application/json")
        .body("{\"user_ids\":[\"" + id.toUpperCase(Locale.ROOT) + "\"]}")
        .post("/api/auth/roles/osmo-introspect/users")
        .then()
        .body("already_assigned", contains(id))
        .body("failed", hasSize(0));
    list().get(upper + "/roles").then().body("roles.role_name", hasItem("osmo-introspect"));
    list().get(upper + "/roles/osmo-introspect/removal").then().statusCode(200);
    list().delete(upper + "/roles/osmo-introspect").then().statusCode(200);
    list().get(upper + "/roles").then().body("roles.role_name", contains("osmo-user"));
    list().post(upper + "/access_token/made").then().statusCode(200);
    list().get(upper + "/access_token").then().body("user_name", contains(id));
    list().get(upper + "/access_token/MADE/roles").then().body("user_name", equalTo(id));
    list()
        .queryParam("owner", id.toUpperCase(Locale.ROOT))
        .get("/api/auth/tokens")
        .then()
        .body("user_name", contains(id));
    list()
        .queryParam("user_id", id.toUpperCase(Locale.ROOT))
        .queryParam("action", "token.created")
        .get("/api/auth/audit")
        .then()
        .body("user_id", contains(id));
    list()
        .queryParam("id_prefix", id.toUpperCase(Locale.ROOT))
        .get(USERS)
        .then()
        .body("users.id", contains(id));
    list().post(upper + "/disable").then().statusCode(200);
    list().post(upper + "/enable").then().statusCode(200);
    list()
        .contentType("application/json")
        .body("{\"reason\":\"left\"}")
        .post(upper + "/revoke_tokens")
        .then()
        .statusCode(200);
    list().delete(upper).then().statusCode(200);
    assertThat(People.query("SELECT removed_by FROM role_removal WHERE user_id = ?", id))
        .containsExactly(admin.id(), admin.id());
    list().get(USERS + "/" + id).then().statusCode(404);
  }

  /** The Kelvin sign is a k for Unicode, and so for many a lower() of a database. */
  @Test
  void no_other_letter_stands_for_an_ascii_letter() {
    String kiosk = "Kiosk-" + UUID.randomUUID();
    post("{\"id\":\"" + kiosk + "\"}").statusCode(200);

    list().get(USERS + "/{id}", kiosk.replace('K', '\u212A')).then().statusCode(404);
    list().get(USERS + "/{id}", kiosk.replace('s', '\u017F')).then().statusCode(404);
    list().get(USERS + "/{id}", kiosk.replace('K', 'k')).then().statusCode(200);
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
  @ValueSource(
      strings = {
        "count=1&count=2",
        "roles=",
        "count=x",
        "count=1.5",
        "start_index=x",
        "cursor=eA",
        "cursor=!!",
        "cursor=YQpiCjA",
        "start_index=1&cursor=YQpiCjE"
      })
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
  }

  @ParameterizedTest
  @CsvSource({
    "count=0, 1, 1",
    "count=-5, 1, 1",
    "count=1&start_index=0, 1, 1",
    "count=1&start_index=-3, 1, 1",
    "count=1&start_index=99999999999999999999, 999999999, 0"
  })
  void a_number_out_of_range_is_moved_into_it(String query, int startIndex, int items) {
    list()
        .get(USERS + "?" + query)
        .then()
        .statusCode(200)
        .body("start_index", equalTo(startIndex))
        .body("items_per_page", equalTo(items));
  }

  @Test
  void a_page_has_at_most_1000_users() {
    list().get(USERS + "?count=99999").then().statusCode(200);
  }

  /** Created users come first in the list, so an index would repeat and skip users. */
  @Test
  void users_created_and_deleted_between_pages_shift_nothing() {
    String prefix = "paged" + id;
    for (int n = 1; n <= 6; n++) {
      post("{\"id\":\"" + prefix + n + "\"}");
    }
    String first = USERS + "?id_prefix=" + prefix + "&start_index=1&count=2";
    Response page = Api.as(admin).get(first);
    page.then().body("users.id", contains(prefix + 6, prefix + 5));

    post("{\"id\":\"" + prefix + "7\"}");
    Api.as(admin).delete(USERS + "/" + prefix + 6).then().statusCode(200);
    Api.as(admin).delete(USERS + "/" + prefix + 5).then().statusCode(200);
    Response next = Api.as(admin).urlEncodingEnabled(false).get(Pages.nextOf(page).orElseThrow());

    next.then()
        .statusCode(200)
        .body("users.id", contains(prefix + 4, prefix + 3))
        .body("start_index", equalTo(3))
        .body("items_per_page", equalTo(2))
        .body("total_results", equalTo(5));
    assertThat(Pages.walk(admin, Pages.nextOf(next).orElseThrow(), "users.id"))
        .containsExactly(List.of(prefix + 2, prefix + 1));
  }

  @Test
  void users_created_at_the_same_time_are_paged_by_id() {
    String prefix = "same" + id;
    People.execute(
        "INSERT INTO users (id, created_by) SELECT ? || n, 'test' FROM generate_series(1, 5) n",
        prefix);

    assertThat(Pages.walk(admin, USERS + "?count=2&id_prefix=" + prefix, "users.id"))
        .containsExactly(
            List.of(prefix + 1, prefix + 2), List.of(prefix + 3, prefix + 4), List.of(prefix + 5));
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
