package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the owner of access tokens must sign in again. */
class SignInDueTest {

  private static final String SET = "SELECT set_sign_in_policy(?::interval, ?)";
  private static final String APPLY_TO_SOME = "SELECT apply_sign_in_policy_to_some(?)";
  private static final int ALL = 10_000;
  private static final String LINK =
      "INSERT INTO user_identity (issuer, subject, user_id, verified_at) VALUES (?, ?, ?, now() - ?::interval)";
  private static final String USABLE = "SELECT count(*) FROM usable_secret WHERE token_id = ?";
  private static final String STATE = "SELECT state FROM access_token_with_roles WHERE id = ?";

  /** In whole days from now; null without a limit. */
  private static final String DUE_IN_DAYS =
      "SELECT round(extract(epoch FROM sign_in_due_at - now()) / 86400)::text FROM users WHERE id = ?";

  private final Fixture people = new Fixture();
  private final Session service = Session.tokenService();
  private final Session exchange = Session.authExchange();
  private final Session superuser = Session.superuser();

  private String user;
  private String token;

  @BeforeEach
  void aTokenUnderAPolicy() throws SQLException {
    user = people.user();
    token = people.token(user, people.grantNewRole(user));
    apply("720 hours", false);
  }

  @AfterEach
  void withoutPolicy() throws SQLException {
    apply(null, false);
    people.close();
    service.close();
    exchange.close();
    superuser.close();
  }

  @ParameterizedTest
  @Tag("I3")
  @CsvSource({
    "29 days 23 hours, 1, active",
    "30 days, 0, must_sign_in",
    "90 days, 0, must_sign_in"
  })
  void tokens_are_usable_until_their_owner_must_sign_in(String age, long usable, String state)
      throws SQLException {
    link("https://idp.test", age);

    assertThat(exchange.count(USABLE, token)).isEqualTo(usable);
    assertThat(service.count(USABLE, token)).isEqualTo(usable);
    assertThat(service.value(String.class, STATE, token)).isEqualTo(state);
  }

  @Test
  @Tag("I3")
  void a_sign_in_makes_the_tokens_usable_again() throws SQLException {
    link("https://idp.test", "90 days");

    service.run("UPDATE user_identity SET verified_at = now() WHERE user_id = ?", user);

    assertThat(exchange.count(USABLE, token)).isEqualTo(1);
    assertThat(dueInDays()).isEqualTo("30");
  }

  @Test
  void of_several_identities_the_latest_sign_in_counts() throws SQLException {
    link("https://idp.test", "90 days");
    link("https://other.test", "10 days");
    link("https://third.test", "50 days");

    assertThat(dueInDays()).isEqualTo("20");
  }

  @Test
  void a_user_without_an_identity_is_not_concerned_unless_the_policy_says_so() throws SQLException {
    superuser.run("UPDATE users SET created_at = now() - interval '40 days' WHERE id = ?", user);
    assertThat(dueInDays()).isNull();

    apply("720 hours", true);

    assertThat(dueInDays()).isEqualTo("-10");
    assertThat(exchange.count(USABLE, token)).isZero();
    String created = people.user();
    assertThat(superuser.value(String.class, DUE_IN_DAYS, created)).isEqualTo("30");
  }

  @Test
  void a_new_policy_applies_to_everybody_at_once_and_is_recorded() throws SQLException {
    link("https://idp.test", "10 days");

    assertThat(apply("24 hours", false)).isTrue();
    assertThat(exchange.count(USABLE, token)).isZero();
    assertThat(apply("24 hours", false)).isFalse();
    assertThat(apply(null, false)).isTrue();
    assertThat(exchange.count(USABLE, token)).isEqualTo(1);
    assertThat(dueInDays()).isNull();

    List<Map<String, Object>> events =
        superuser.rows(
            "SELECT actor, details ->> 'reverify_after' AS age FROM audit_event WHERE action = 'policy.changed' ORDER BY id DESC LIMIT 2");
    assertThat(events.getFirst()).containsEntry("actor", "osmo_token_service");
    assertThat(events).extracting(event -> event.get("age")).containsExactly(null, "24:00:00");
  }

  /** As after a security event: whatever the policy, an earlier sign-in does not count. */
  @Test
  @Tag("I3")
  void a_required_sign_in_is_due_until_a_later_sign_in() throws SQLException {
    apply(null, false);
    link("https://idp.test", "1 hour");
    superuser.run(
        "UPDATE users SET sign_in_required_at = now() - interval '1 minute' WHERE id = ?", user);
    assertThat(exchange.count(USABLE, token)).isZero();

    service.run("UPDATE user_identity SET verified_at = now() WHERE user_id = ?", user);

    assertThat(exchange.count(USABLE, token)).isEqualTo(1);
    superuser.run(
        "UPDATE users SET sign_in_required_at = now() - interval '1 day' WHERE id = ?", user);
    assertThat(exchange.count(USABLE, token)).isEqualTo(1);
  }

  /** The policy would otherwise miss the sign-in, or the sign-in the policy. */
  @Test
  @Tag("I3")
  void a_policy_and_a_sign_in_at_the_same_time_are_both_applied() throws SQLException {
    link("https://idp.test", "10 days");
    service.begin();
    service.rows("SELECT id FROM users WHERE id = ? FOR NO KEY UPDATE", user);
    service.run(
        "UPDATE user_identity SET verified_at = now() - interval '5 days' WHERE user_id = ?", user);

    try (Waiting waiting = new Waiting();
        Session other = Session.tokenService()) {
      CompletableFuture<Integer> policy =
          waiting.untilBlocked(other, () -> other.rows(SET, "480 hours", false).size());
      assertThat(policy).isNotDone();
      service.commit();
      policy.join();
    }
    applyToAll();

    assertThat(dueInDays()).isEqualTo("15");
  }

  /** The batch would otherwise overwrite the sign-in with what it read before. */
  @Test
  @Tag("I3")
  void a_sign_in_during_a_batch_counts() throws SQLException {
    link("https://idp.test", "25 days");
    service.value(Boolean.class, SET, "480 hours", false);
    service.begin();
    service.rows("SELECT id FROM users WHERE id = ? FOR NO KEY UPDATE", user);
    service.run("UPDATE user_identity SET verified_at = now() WHERE user_id = ?", user);

    try (Waiting waiting = new Waiting();
        Session other = Session.tokenService()) {
      CompletableFuture<Integer> batch =
          waiting.untilBlocked(other, () -> other.rows(APPLY_TO_SOME, ALL).size());
      assertThat(batch).isNotDone();
      service.commit();
      batch.join();
    }

    assertThat(dueInDays()).isEqualTo("20");
    assertThat(exchange.count(USABLE, token)).isEqualTo(1);
  }

  /** Also if the replica that has set the policy is killed. */
  @Test
  @Tag("I3")
  void another_replica_completes_what_one_has_begun() throws SQLException {
    link("https://idp.test", "10 days");
    service.value(Boolean.class, SET, "24 hours", false);
    assertThat(exchange.count(USABLE, token)).isEqualTo(1);

    int batches = 0;
    try (Session other = Session.tokenService()) {
      assertThat(other.value(Boolean.class, SET, "24 hours", false)).isFalse();
      while (other.value(Boolean.class, APPLY_TO_SOME, 1)) {
        batches++;
      }
    }

    assertThat(batches).isEqualTo(superuser.count("SELECT count(*) FROM users"));
    assertThat(exchange.count(USABLE, token)).isZero();
    assertThat(service.value(Boolean.class, APPLY_TO_SOME, 1)).isFalse();
  }

  /** A million users take longer than a sign-in may wait. */
  @Test
  void a_batch_stops_only_its_own_users() throws SQLException {
    people.user();
    String last = superuser.value(String.class, "SELECT max(id) FROM users");
    service.value(Boolean.class, SET, "24 hours", false);

    try (Session other = Session.tokenService()) {
      other.begin();
      other.value(Boolean.class, APPLY_TO_SOME, 1);
      service.run("SET lock_timeout = '5s'");
      assertThat(service.rows("SELECT id FROM users WHERE id = ? FOR NO KEY UPDATE", last))
          .hasSize(1);
      assertThat(people.user()).as("a new user").isNotNull();
      other.commit();
    }
  }

  @Test
  void the_previous_release_applies_a_policy_to_all_at_once() throws SQLException {
    link("https://idp.test", "10 days");

    assertThat(
            service.value(Boolean.class, "SELECT apply_sign_in_policy(interval '24 hours', false)"))
        .isTrue();

    assertThat(exchange.count(USABLE, token)).isZero();
  }

  @ParameterizedTest
  @Tag("I3")
  @ValueSource(
      strings = {
        "UPDATE users SET sign_in_due_at = NULL",
        "UPDATE users SET sign_in_required_at = NULL",
        "UPDATE sign_in_policy SET reverify_after = NULL",
        "SELECT reverify_after FROM sign_in_policy",
        "DELETE FROM user_identity",
        "INSERT INTO users (id, created_by, sign_in_due_at) VALUES ('x', 'x', 'infinity')"
      })
  void no_service_writes_the_time_or_the_policy(String attempt) throws SQLException {
    service.refuses(Session.PERMISSION_DENIED, attempt);
    exchange.refuses(Session.PERMISSION_DENIED, attempt);
  }

  @Test
  @Tag("I3")
  void the_exchange_cannot_change_the_policy() throws SQLException {
    exchange.refuses(Session.PERMISSION_DENIED, "SELECT apply_sign_in_policy(NULL, false)");
    exchange.refuses(Session.PERMISSION_DENIED, "SELECT set_sign_in_policy(NULL, false)");
    exchange.refuses(Session.PERMISSION_DENIED, "SELECT apply_sign_in_policy_to_some(1)");
    service.refuses("23514", "SELECT set_sign_in_policy(interval '0', false)");
    service.refuses("23514", "SELECT set_sign_in_policy(interval '-1 day', false)");
  }

  /** Returns whether the policy is new. */
  private boolean apply(String age, boolean unlinked) throws SQLException {
    boolean isNew = service.value(Boolean.class, SET, age, unlinked);
    applyToAll();
    return isNew;
  }

  private void applyToAll() throws SQLException {
    while (service.value(Boolean.class, APPLY_TO_SOME, ALL)) {
      // Until there are no more.
    }
  }

  private void link(String issuer, String age) throws SQLException {
    service.run(LINK, issuer, user, user, age);
  }

  private String dueInDays() throws SQLException {
    return superuser.value(String.class, DUE_IN_DAYS, user);
  }
}
