package dev.osmo.token.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.Pages;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@Tag("I7")
class AuditSearchTest {

  private static final String AUDIT = "/api/auth/audit";
  private static final String TOKENS = "/api/auth/access_token";

  private final Person admin = People.administrator();
  private final Person user = People.with("osmo-user");
  private final Jwt jwt = user.login();
  private String patId = "";

  @BeforeEach
  void three_changes() {
    Api.as(jwt).post(TOKENS + "/one").then().statusCode(200);
    Api.as(user).header("X-Request-Id", "asleep-1").post(TOKENS + "/one/suspend");
    patId = Api.as(user).get(TOKENS + "/one").path("id");
    Api.as(admin).post("/api/auth/user/" + user.id() + "/disable").then().statusCode(200);
  }

  @Test
  void the_newest_event_is_first_and_has_all_its_fields() {
    search("user_id=" + user.id())
        .body("action", contains("user.disabled", "token.suspended", "token.created"))
        .body("[1].actor", equalTo(user.id()))
        .body("[1].via_pat_id", equalTo(user.patId()))
        .body("[1].user_id", equalTo(user.id()))
        .body("[1].pat_id", equalTo(patId))
        .body("[1].request_id", equalTo("asleep-1"))
        .body("[1].details.name", equalTo("one"))
        .body("[2].jti", equalTo(jwt.jti()))
        .body("[0].actor", equalTo(admin.id()))
        .body("[0].via_pat_id", equalTo(admin.patId()));
  }

  @Test
  void an_unknown_action_is_refused_with_the_list() {
    Api.as(admin)
        .get(AUDIT + "?action=token.create")
        .then()
        .statusCode(422)
        .body("message", containsString("role.pruned, role.removed, secret.added"));
    search("action=secret.reused&user_id=" + user.id()).body("", empty());
  }

  @Test
  void events_are_found_by_token_jwt_actor_action_and_time() {
    search("pat_id=" + patId).body("action", contains("token.suspended", "token.created"));
    search("jti=" + jwt.jti()).body("action", contains("token.created"));
    search("actor=" + admin.id()).body("action", contains("user.disabled"));
    search("user_id=" + user.id() + "&action=token.created").body("pat_id", contains(patId));
    search("user_id=" + user.id() + "&before=2026-01-01").body("", empty());
    search("user_id=" + user.id() + "&after=2026-01-01").body("size()", equalTo(3));
    String made = search("jti=" + jwt.jti()).extract().path("[0].at");
    search("user_id=" + user.id() + "&action=token.created&before=" + made).body("", empty());
  }

  @Test
  void the_pages_contain_every_event_once() {
    assertThat(Pages.walk(admin, AUDIT + "?limit=2&user_id=" + user.id(), "action"))
        .containsExactly(List.of("user.disabled", "token.suspended"), List.of("token.created"));
    assertThat(Pages.walk(admin, AUDIT + "?limit=1&user_id=" + user.id(), "action")).hasSize(3);
  }

  /** Events of one transaction have the same time. */
  @Test
  void events_of_one_instant_are_ordered_by_their_number() {
    Person owner = People.with("osmo-user");
    Api.as(owner).post(TOKENS + "/a");
    Api.as(owner).post(TOKENS + "/b");
    Api.as(admin)
        .contentType("application/json")
        .post("/api/auth/user/" + owner.id() + "/revoke_tokens")
        .then()
        .body("revoked", equalTo(3));

    assertThat(
            Pages.walk(
                admin, AUDIT + "?limit=1&action=token.revoked&user_id=" + owner.id(), "pat_id"))
        .hasSize(3)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "after=yesterday, after",
    "before=2026-02-30, before",
    "limit=0, limit",
    "cursor=eA, cursor",
    "cursor=eAp4, cursor",
    "cursor=MjAyNi0wMS0wMVQwMDowMDowMFoKeA, cursor",
    "cursor=KzEwMDAwMDAwMDAtMTItMzFUMjM6NTk6NTlaCjU, cursor",
    "user_id=, user_id"
  })
  void an_unreadable_parameter_is_refused_by_name(String query, String parameter) {
    Api.as(admin)
        .get(AUDIT + "?" + query)
        .then()
        .statusCode(422)
        .body("message", containsString(parameter));
  }

  @Test
  @Tag("I11")
  void only_administrators_read_the_audit_trail() {
    Api.as(People.with("osmo-user")).get(AUDIT).then().statusCode(403);
  }

  private ValidatableResponse search(String query) {
    return Api.as(admin).get(AUDIT + "?" + query).then().statusCode(200);
  }
}
