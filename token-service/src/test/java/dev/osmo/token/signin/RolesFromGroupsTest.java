package dev.osmo.token.signin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.Provider;
import dev.osmo.token.testing.Stage;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sign-in synchronizes the roles of the user with the groups of the provider. */
@QuarkusTest
class RolesFromGroupsTest {

  private final Provider provider = Stage.current().provider();
  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String id = "u" + suffix;
  private final String forced = "forced-" + suffix;
  private final String imported = "imported-" + suffix;

  @BeforeEach
  void two_roles() {
    role(forced, "force", "group-f-" + suffix);
    role(imported, "import", "group-i-" + suffix);
  }

  @Test
  void the_groups_give_roles_in_the_name_of_the_provider() {
    signIn(id, List.of("group-f-" + suffix, "group-i-" + suffix, "unknown"));

    assertThat(
            People.query(
                "SELECT role_name || ' ' || assigned_by FROM role_assignment WHERE user_id = ? ORDER BY 1",
                id))
        .containsExactly(forced + " idp:creates", imported + " idp:creates");
    assertThat(
            People.query(
                "SELECT actor FROM audit_event WHERE user_id = ? AND action = 'role.granted'", id))
        .containsExactly("idp:creates", "idp:creates");
  }

  @Test
  @Tag("I8")
  void a_forced_removal_is_an_ordinary_event_and_every_token_shrinks_at_once() {
    UUID session = signIn(id, List.of("group-f-" + suffix, "group-i-" + suffix));
    Api.as(Jwt.ofSession(id, session, List.of(forced, imported)))
        .post("/api/auth/access_token/mine")
        .then()
        .statusCode(200);

    signIn(id, List.of("other"));

    assertThat(roles()).containsExactly(imported);
    assertThat(
            People.query(
                "SELECT role_name || ' ' || removed_by FROM role_removal WHERE user_id = ?", id))
        .containsExactly(forced + " idp:creates");
    assertThat(effectiveRolesOfTokens()).containsExactly(imported);
  }

  @Test
  @Tag("I5")
  void a_role_that_comes_back_does_not_come_back_on_old_tokens() {
    UUID session = signIn(id, List.of("group-f-" + suffix, "group-i-" + suffix));
    Api.as(Jwt.ofSession(id, session, List.of(forced, imported)))
        .post("/api/auth/access_token/mine")
        .then()
        .statusCode(200);
    signIn(id, List.of());

    signIn(id, List.of("group-f-" + suffix));

    assertThat(roles()).contains(forced);
    assertThat(effectiveRolesOfTokens()).containsExactly(imported);
  }

  @Test
  @Tag("I2")
  void an_older_token_of_the_provider_does_not_give_a_role_back() {
    Jwt old = token(id, List.of("group-f-" + suffix)).claim("iat", now() - 60);
    send(old).then().statusCode(200);
    assertThat(roles()).containsExactly(forced);
    signIn(id, List.of());
    assertThat(roles()).isEmpty();

    send(old).then().statusCode(200);

    assertThat(roles()).isEmpty();
    send(token(id, List.of("group-f-" + suffix)).claim("iat", now() + 5)).then().statusCode(200);
    assertThat(roles()).containsExactly(forced);
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }

  @Test
  void without_the_claim_of_groups_no_role_changes() {
    signIn(id, List.of("group-f-" + suffix));

    send(provider.idToken("creates", id, id)).then().statusCode(200);

    assertThat(roles()).containsExactly(forced);
  }

  @Test
  @Tag("I8")
  void a_provider_that_leaves_out_an_empty_claim_takes_the_last_group_away() {
    UUID session = session(send("complete", ofComplete().claim("groups", groups())));
    Api.as(Jwt.ofSession(id, session, List.of(forced, imported)))
        .post("/api/auth/access_token/mine")
        .then()
        .statusCode(200);

    send("complete", ofComplete()).then().statusCode(200);

    assertThat(roles()).containsExactly(imported);
    assertThat(effectiveRolesOfTokens()).containsExactly(imported);
  }

  @Test
  void groups_that_a_provider_keeps_elsewhere_change_no_role() {
    send("complete", ofComplete().claim("groups", groups())).then().statusCode(200);

    for (Map<String, Object> elsewhere :
        List.<Map<String, Object>>of(
            Map.of("_claim_names", Map.of("groups", "src1")),
            Map.of("_claim_names", "not readable"),
            Map.of("hasgroups", true))) {
      Jwt token = ofComplete();
      elsewhere.forEach(token::claim);
      send("complete", token).then().statusCode(200);
      assertThat(roles()).as(elsewhere.toString()).containsExactly(forced, imported);
    }

    Map<String, String> others = Map.of("address", "src1");
    send("complete", ofComplete().claim("_claim_names", others)).then().statusCode(200);
    assertThat(roles()).containsExactly(imported);
  }

  private Jwt ofComplete() {
    return provider.idToken("complete", id, id);
  }

  private List<String> groups() {
    return List.of("group-f-" + suffix, "group-i-" + suffix);
  }

  @Test
  void a_role_that_was_granted_by_hand_is_kept_if_no_group_gives_it() {
    signIn(id, List.of());
    People.execute("INSERT INTO role (name) VALUES (?)", "manual-" + suffix);
    People.execute(
        "INSERT INTO role_assignment (user_id, role_name, assigned_by) VALUES (?, ?, 'admin')",
        id,
        "manual-" + suffix);

    signIn(id, List.of("x"));

    assertThat(roles()).containsExactly("manual-" + suffix);
  }

  /** Without an administrator, nobody could correct a wrong mapping. */
  @Test
  void the_last_enabled_administrator_keeps_the_role() {
    signIn(id, List.of());
    People.execute(
        "UPDATE users SET disabled_at = now() WHERE id IN (SELECT user_id FROM role_assignment WHERE role_name = 'osmo-admin')");
    People.execute(
        "INSERT INTO role_assignment (user_id, role_name, assigned_by) VALUES (?, 'osmo-admin', 'test')",
        id);
    People.execute(
        "UPDATE role SET sync_mode = 'force', external_roles = '{admins}' WHERE name = 'osmo-admin'");
    try {
      signIn(id, List.of("x"));
      assertThat(roles()).containsExactly("osmo-admin");
      assertThat(
              People.query(
                  "SELECT details->>'kept_roles' FROM audit_event WHERE user_id = ? AND action = 'session.started' ORDER BY id DESC LIMIT 1",
                  id))
          .containsExactly("[\"osmo-admin\"]");

      People.administrator();
      signIn(id, List.of("x"));
      assertThat(roles()).isEmpty();
    } finally {
      People.execute(
          "UPDATE role SET sync_mode = 'import', external_roles = '{}' WHERE name = 'osmo-admin'");
    }
  }

  @Test
  @Tag("I7")
  void one_person_who_signs_in_many_times_at_once_is_one_user() throws Exception {
    List<Integer> statuses =
        atOnce(
            IntStream.range(0, 12)
                .<Callable<Integer>>mapToObj(
                    i -> () -> send(token(id, List.of("group-f-" + suffix))).statusCode())
                .toList());

    assertThat(statuses).contains(200).isSubsetOf(200, 503);
    assertThat(People.query("SELECT id FROM users WHERE id = ?", id)).hasSize(1);
    assertThat(People.query("SELECT subject FROM user_identity WHERE user_id = ?", id))
        .containsExactly(id);
    assertThat(
            People.query(
                "SELECT action FROM audit_event WHERE user_id = ? AND action IN ('user.created', 'user.linked', 'role.granted')",
                id))
        .hasSize(3);
    assertThat(People.query("SELECT id FROM usable_session WHERE user_id = ?", id))
        .hasSizeLessThanOrEqualTo(3);
  }

  /** Whatever the order, no token keeps the role. */
  @Test
  @Tag("I2")
  void tokens_that_are_created_while_the_role_is_removed_do_not_keep_it() throws Exception {
    UUID session = signIn(id, List.of("group-f-" + suffix, "group-i-" + suffix));
    String jwt = Jwt.ofSession(id, session, List.of(forced, imported)).text();
    List<Callable<Integer>> work = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String name = "t" + i;
      work.add(() -> Api.withBearer(jwt).post("/api/auth/access_token/" + name).statusCode());
    }
    work.add(3, () -> send(token(id, List.of("group-i-" + suffix))).statusCode());

    assertThat(atOnce(work)).isSubsetOf(200, 503).contains(200);
    signIn(id, List.of("group-i-" + suffix));

    assertThat(roles()).containsExactly(imported);
    assertThat(new HashSet<>(effectiveRolesOfTokens())).isSubsetOf(Set.of(imported));
  }

  private UUID signIn(String user, List<String> groups) {
    return session(send(token(user, groups)));
  }

  private Jwt token(String user, List<String> groups) {
    return provider.idToken("creates", user, user, groups);
  }

  private static UUID session(Response kept) {
    return UUID.fromString(kept.then().statusCode(200).extract().path("session_id"));
  }

  private static Response send(Jwt token) {
    return send("creates", token);
  }

  private static Response send(String provider, Jwt token) {
    return given()
        .contentType("application/json")
        .body(Map.of("id_token", token.text(), "client_id", provider + "-client"))
        .post("/api/auth/session");
  }

  private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<T> one : threads.invokeAll(work)) {
        results.add(one.get());
      }
    }
    return results;
  }

  private static void role(String name, String mode, String external) {
    People.execute(
        "INSERT INTO role (name, sync_mode, external_roles) VALUES (?, ?, ARRAY[?])",
        name,
        mode,
        external);
  }

  private List<String> roles() {
    return People.query(
        "SELECT role_name FROM role_assignment WHERE user_id = ? ORDER BY role_name", id);
  }

  private List<String> effectiveRolesOfTokens() {
    return People.query(
        "SELECT e.role_name FROM access_token t CROSS JOIN effective_roles(t.id, t.user_id) e WHERE t.user_id = ? ORDER BY 1",
        id);
  }
}
