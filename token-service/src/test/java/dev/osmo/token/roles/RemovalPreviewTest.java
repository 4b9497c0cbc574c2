package dev.osmo.token.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("I8")
class RemovalPreviewTest {

  private static final String TOKENS = "/api/auth/access_token";

  private final Person admin = People.administrator();
  private final Person user = People.with("osmo-user", "osmo-ml-team", "osmo-batch");

  @Test
  void the_preview_matches_the_effect_of_the_removal() {
    make("both", "osmo-user", "osmo-ml-team");
    make("only", "osmo-ml-team");
    make("without", "osmo-user");
    make("asleep", "osmo-ml-team", "osmo-batch");
    Api.as(user).post(TOKENS + "/asleep/suspend").then().statusCode(200);
    make("past", "osmo-ml-team");
    People.execute("UPDATE access_token SET expires_at = now() WHERE name = 'past'");
    make("ended", "osmo-ml-team", "osmo-user");
    People.execute(
        "UPDATE access_token_secret s SET revoked_at = now() FROM access_token t WHERE t.id = s.token_id AND t.name = 'ended'");
    Map<String, List<String>> before = rolesByToken();

    JsonPath preview =
        Api.as(admin).get(removalOf("osmo-ml-team")).then().statusCode(200).extract().jsonPath();
    Api.as(admin)
        .delete("/api/auth/user/" + user.id() + "/roles/osmo-ml-team")
        .then()
        .statusCode(200);

    Map<String, List<String>> predicted = new HashMap<>(before);
    for (String part : List.of("shrinking", "emptied")) {
      for (Map<String, Object> token : preview.<Map<String, Object>>getList(part)) {
        predicted.put((String) token.get("id"), strings(token.get("roles")));
      }
    }
    assertThat(rolesByToken()).isEqualTo(predicted).isNotEqualTo(before);
    assertThat(preview.getList("emptied.token_name")).isEqualTo(List.of("only", "past"));
    assertThat(preview.getList("shrinking.token_name"))
        .isEqualTo(List.of("asleep", "both", "ended", "login"));
    assertThat(pruned())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of("shrinking.id", "emptied.id")
                .flatMap(ids -> preview.<String>getList(ids).stream())
                .toList());
    assertThat(preview.getString("role_name")).isEqualTo("osmo-ml-team");
  }

  /** A role that is assigned again does not return to old tokens, so they lose nothing. */
  @Test
  @Tag("I5")
  void a_role_that_was_assigned_again_affects_only_tokens_created_since() {
    make("old", "osmo-ml-team", "osmo-user");
    Api.as(admin).delete("/api/auth/user/" + user.id() + "/roles/osmo-ml-team");
    Api.as(admin)
        .contentType("application/json")
        .body("{\"role_name\":\"osmo-ml-team\"}")
        .post("/api/auth/user/" + user.id() + "/roles")
        .then()
        .statusCode(200);

    Api.as(admin)
        .get(removalOf("osmo-ml-team"))
        .then()
        .statusCode(200)
        .body("shrinking", empty())
        .body("emptied", empty());
  }

  @Test
  void a_role_that_the_user_lacks_changes_nothing_and_an_unknown_user_is_not_found() {
    Api.as(admin).get(removalOf("osmo-user")).then().body("held", equalTo(true));
    Api.as(admin)
        .get(removalOf("osmo-never"))
        .then()
        .statusCode(200)
        .body("held", equalTo(false))
        .body("shrinking", empty())
        .body("emptied", empty());
    Api.as(admin).get("/api/auth/user/nobody/roles/osmo-user/removal").then().statusCode(404);
  }

  @Test
  void a_removal_tells_whether_the_user_had_the_role() {
    for (String removed : List.of("true", "false")) {
      Api.as(admin)
          .delete("/api/auth/user/" + user.id() + "/roles/osmo-batch")
          .then()
          .statusCode(200)
          .header("X-Osmo-Role-Removed", removed)
          .body(equalTo("null"));
    }
  }

  @Test
  void the_preview_of_a_refused_removal_is_refused() {
    People.execute(
        "UPDATE users SET disabled_at = now() WHERE id <> ? AND id IN (SELECT user_id FROM role_assignment WHERE role_name = 'osmo-admin')",
        admin.id());

    Api.as(admin)
        .get("/api/auth/user/" + admin.id() + "/roles/osmo-admin/removal")
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:osmo:problem:last-administrator"));
  }

  @Test
  @Tag("I11")
  void only_administrators_preview_removals() {
    Api.as(user).get(removalOf("osmo-user")).then().statusCode(403);
  }

  /** As the exchange prunes. */
  private List<String> pruned() {
    assertThat(People.query("SELECT removal_id FROM prune_removals(1000)")).isNotEmpty();
    return People.query(
        "SELECT jsonb_array_elements_text(details->'pat_ids') FROM audit_event WHERE action = 'role.pruned' AND user_id = ?",
        user.id());
  }

  private void make(String name, String... roles) {
    Api.as(user)
        .queryParam("roles", List.of(roles))
        .post(TOKENS + "/" + name)
        .then()
        .statusCode(200);
  }

  private String removalOf(String role) {
    return "/api/auth/user/" + user.id() + "/roles/" + role + "/removal";
  }

  private Map<String, List<String>> rolesByToken() {
    Map<String, List<String>> roles = new HashMap<>();
    List<Map<String, Object>> tokens =
        Api.as(admin).get("/api/auth/user/" + user.id() + "/access_token").jsonPath().getList("");
    tokens.forEach(token -> roles.put((String) token.get("id"), strings(token.get("roles"))));
    return roles;
  }

  private static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(String.class::cast).toList();
  }
}
