package dev.osmo.token.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.osmo.testkit.waiting.Patience;
import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.People.SignedIn;
import dev.osmo.token.testing.Stage;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Users view and end their sessions, and administrators those of every user. */
@QuarkusTest
class UserSessionsTest {

  private static final String PROFILE = "/api/profile/settings";

  private final Person person = People.with("osmo-user");
  private final String path = "/api/auth/user/" + person.id() + "/session";

  @Test
  void a_user_sees_the_sessions_that_can_be_used_and_which_one_is_current() {
    SignedIn older = People.signedIn(person);
    SignedIn current = People.signedIn(person);
    end(People.signedIn(person).session());
    SignedIn expired = People.signedIn(person);
    People.execute("UPDATE login_session SET expires_at = now() WHERE id = ?", expired.session());
    People.execute(
        "UPDATE login_session SET verified_at = now() - interval '1 day' WHERE id = ?",
        older.session());

    Api.as(current.login())
        .get(path)
        .then()
        .statusCode(200)
        .body("id", contains(current.session().toString(), older.session().toString()))
        .body("current", contains(true, false))
        .body("[0].provider", equalTo("test"))
        .body("[0].client_id", equalTo("osmo-cli"))
        .body("[0].created_at", notNullValue())
        .body("[0].verified_at", notNullValue())
        .body("[0].expires_at", notNullValue());
  }

  @Test
  void the_settings_say_when_the_session_of_the_caller_ends() {
    SignedIn user = People.signedIn(person);
    String end =
        People.query(
                "SELECT to_char(expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS') FROM login_session WHERE id = ?",
                user.session())
            .getFirst();

    String stated =
        Api.as(user.login())
            .get(PROFILE)
            .then()
            .statusCode(200)
            .body("session.id", equalTo(user.session().toString()))
            .extract()
            .path("session.expires_at");

    assertThat(stated).startsWith(end).endsWith("Z");
    Api.as(person).get(PROFILE).then().body("session", equalTo(null));
  }

  @Test
  @Tag("I3")
  void a_session_that_is_ended_is_not_valid_at_once_and_the_others_are() {
    SignedIn lost = People.signedIn(person);
    SignedIn kept = People.signedIn(person);

    Api.as(kept.login()).delete(path + "/" + lost.session()).then().statusCode(200);

    Api.as(lost.login()).get(PROFILE).then().statusCode(401);
    Api.as(kept.login()).get(PROFILE).then().statusCode(200);
    assertThat(ends(lost.session()))
        .containsExactly(person.id() + " ended by the user via " + kept.session());
  }

  @Test
  @Tag("I3")
  void all_sessions_end_also_that_of_the_caller_and_access_tokens_remain() {
    SignedIn user = People.signedIn(person);
    SignedIn other = People.signedIn(person);

    Api.as(user.login()).delete(path).then().statusCode(200).body("ended", equalTo(2));

    Api.as(user.login()).get(PROFILE).then().statusCode(401);
    Api.as(other.login()).get(PROFILE).then().statusCode(401);
    Api.as(person).get(path).then().statusCode(200).body("", hasSize(0));
  }

  @Test
  @Tag("I3")
  void an_administrator_ends_the_sessions_of_a_user() {
    SignedIn user = People.signedIn(person);
    Person administrator = People.administrator();

    Api.as(administrator).delete(path + "/" + user.session()).then().statusCode(200);

    Api.as(user.login()).get(PROFILE).then().statusCode(401);
    assertThat(ends(user.session()))
        .containsExactly(
            administrator.id() + " ended by an administrator via " + administrator.patId());
  }

  /** In all cases, the same answer. */
  @Test
  @Tag("I11")
  void a_session_of_somebody_else_is_one_that_does_not_exist() {
    SignedIn user = People.signedIn(person);
    SignedIn other = People.signedIn(People.with("osmo-user"));

    for (String id :
        new String[] {
          other.session().toString(), UUID.randomUUID().toString(), "self", "1-1-1-1-1"
        }) {
      Api.as(user.login())
          .delete(path + "/" + id)
          .then()
          .statusCode(404)
          .body("type", equalTo("urn:osmo:problem:session-not-found"));
    }
    Api.as(People.administrator()).delete(path + "/" + other.session()).then().statusCode(404);
    Api.as(other.login()).get(PROFILE).then().statusCode(200);
  }

  /** The request waits for the user's lock after the caller was authenticated. */
  @ParameterizedTest
  @ValueSource(strings = {"", "/%s"})
  @Tag("I2")
  void an_administrator_whose_role_is_removed_meanwhile_ends_nothing(String one)
      throws SQLException {
    SignedIn user = People.signedIn(person);
    Person administrator = People.administrator();
    try (Connection held = Stage.current().postgres().connectAsSuperuser();
        Statement statement = held.createStatement()) {
      held.setAutoCommit(false);
      statement.execute("SELECT FROM osmo.users WHERE id = '" + person.id() + "' FOR UPDATE");

      CompletableFuture<Integer> ending =
          CompletableFuture.supplyAsync(
              () -> Api.as(administrator).delete(path + one.formatted(user.session())).statusCode(),
              Thread::startVirtualThread);
      Awaitility.await().atMost(Patience.LONG).until(() -> isBlockedBy(held));
      People.execute(
          "DELETE FROM role_assignment WHERE user_id = ? AND role_name = 'osmo-admin'",
          administrator.id());
      held.rollback();

      assertThat(ending.join()).isEqualTo(403);
    }
    Api.as(user.login()).get(PROFILE).then().statusCode(200);
  }

  private static boolean isBlockedBy(Connection held) throws SQLException {
    int pid = held.unwrap(PGConnection.class).getBackendPID();
    return !People.query(
            "SELECT pid FROM pg_stat_activity WHERE CAST(? AS integer) = ANY (pg_blocking_pids(pid))",
            pid)
        .isEmpty();
  }

  @Test
  void an_unknown_user_has_no_sessions() {
    Api.as(People.administrator())
        .get("/api/auth/user/nobody@example.com/session")
        .then()
        .statusCode(404)
        .body("type", equalTo("urn:osmo:problem:user-not-found"));
  }

  private static void end(UUID session) {
    People.query("SELECT end_session(?, 'x', 'signed out', NULL)", session);
  }

  private static List<String> ends(UUID session) {
    return People.query(
        "SELECT actor || ' ' || (details ->> 'reason') || ' via '"
            + " || coalesce(via_pat_id, CAST(via_session_id AS text)) FROM audit_event"
            + " WHERE jti IS NOT NULL AND action = 'session.ended' AND details ->> 'session_id' = ?",
        session.toString());
  }
}
