package dev.osmo.exchange.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.People;
import dev.osmo.testkit.waiting.Patience;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The timer runs once an hour in these tests, so every pruning has another cause. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class PruneTest {

  private static final String LISTENERS =
      "SELECT pid FROM pg_stat_activity"
          + " WHERE usename = 'osmo_auth_exchange' AND query ILIKE 'listen%'";

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  @Inject MeterRegistry meters;

  private People people;

  @BeforeEach
  void people() {
    people = new People(databaseUrl);
    eventually().until(() -> people.query(LISTENERS).size() == 1);
  }

  @Test
  @Tag("I8")
  void a_notification_causes_pruning_and_an_audit_row() {
    IssuedPat first = people.pat(people.person("osmo-user", "osmo-ml-team"));
    IssuedPat second = people.pat(first.owner());

    people.remove(first.owner(), "osmo-ml-team");

    eventually().until(() -> isPruned(first.owner()));
    assertThat(snapshot(first)).containsExactly("osmo-user");
    assertThat(snapshot(second)).containsExactly("osmo-user");
    assertThat(prunedTokens(first.owner())).containsExactly("2");
    assertThat(
            people.query(
                "SELECT actor || ' ' || (details ->> 'role') || ' '"
                    + " || jsonb_array_length(details -> 'pat_ids')"
                    + " FROM audit_event WHERE action = 'role.pruned' AND user_id = ?",
                first.owner()))
        .containsExactly("osmo_auth_exchange osmo-ml-team 2");
  }

  @Test
  @Tag("I8")
  void a_removal_while_the_listener_is_disconnected_is_pruned_after_the_reconnect() {
    IssuedPat pat = people.pat(people.person("osmo-user", "osmo-ml-team"));
    people.asSuperuser("ALTER ROLE osmo_auth_exchange NOLOGIN");
    try {
      people.query("SELECT pg_terminate_backend(pid) FROM (" + LISTENERS + ") l");
      eventually().until(() -> people.query(LISTENERS).isEmpty());
      people.remove(pat.owner(), "osmo-ml-team");
      assertThat(isPruned(pat.owner())).isFalse();
    } finally {
      people.asSuperuser("ALTER ROLE osmo_auth_exchange LOGIN");
    }

    eventually().until(() -> isPruned(pat.owner()));
    assertThat(snapshot(pat)).containsExactly("osmo-user");
  }

  @Test
  @Tag("I8")
  void the_new_connection_receives_notifications() {
    people.query("SELECT pg_terminate_backend(pid) FROM (" + LISTENERS + ") l");
    eventually().until(() -> people.query(LISTENERS).size() == 1);
    IssuedPat pat = people.pat(people.person("osmo-user"));

    people.remove(pat.owner(), "osmo-user");

    eventually().until(() -> isPruned(pat.owner()));
  }

  @Test
  @Tag("I8")
  void more_removals_than_a_batch_are_all_pruned_once() {
    String owner = people.person();
    for (int i = 0; i < 250; i++) {
      people.grant(owner, "role-" + i);
    }
    IssuedPat pat = people.pat(owner);

    people.asTokenService("DELETE FROM role_assignment WHERE user_id = ?", owner);

    eventually().until(() -> isPruned(owner));
    assertThat(snapshot(pat)).isEmpty();
    assertThat(prunedTokens(owner)).hasSize(250).containsOnly("1");
    assertThat(
            people.query(
                "SELECT id FROM audit_event WHERE action = 'role.pruned' AND user_id = ?", owner))
        .hasSize(250);
  }

  @Test
  @Tag("I8")
  void the_roles_of_a_deleted_role_are_pruned_as_well() {
    IssuedPat pat = people.pat(people.person("osmo-user", "a-role-of-" + System.nanoTime()));
    people.asTokenService(
        "DELETE FROM role WHERE name LIKE 'a-role-of-%' AND name IN"
            + " (SELECT role_name FROM role_assignment WHERE user_id = ?)",
        pat.owner());

    eventually().until(() -> isPruned(pat.owner()));

    assertThat(snapshot(pat)).containsExactly("osmo-user");
  }

  @Test
  @Tag("I8")
  void a_batch_that_takes_too_long_shrinks_until_it_succeeds() {
    String owner = people.person();
    for (int i = 0; i < 60; i++) {
      people.grant(owner, "slow-role-" + i);
    }
    people.pat(owner);
    people.asSuperuser(
        "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN PERFORM pg_sleep(0.03); RETURN NEW; END'");
    people.asSuperuser(
        "CREATE TRIGGER slow BEFORE UPDATE ON role_removal FOR EACH ROW EXECUTE FUNCTION slow()");
    people.asSuperuser("ALTER ROLE osmo_auth_exchange SET statement_timeout = '600ms'");
    try {
      people.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'osmo_auth_exchange'");
      eventually().until(() -> people.query(LISTENERS).size() == 1);
      people.asTokenService("DELETE FROM role_assignment WHERE user_id = ?", owner);

      eventually().until(() -> isPruned(owner));
    } finally {
      people.asSuperuser("ALTER ROLE osmo_auth_exchange SET statement_timeout = '15s'");
      people.asSuperuser("DROP FUNCTION slow() CASCADE");
      people.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'osmo_auth_exchange'");
    }
    assertThat(prunedTokens(owner)).hasSize(60).containsOnly("1");
  }

  @Test
  @Tag("I8")
  void a_notification_without_a_removal_changes_nothing_whatever_its_payload() {
    IssuedPat pat = people.pat(people.person("osmo-user", "osmo-ml-team"));
    String everything = "SELECT count(*) FROM audit_event WHERE action = 'role.pruned'";
    List<String> before = people.query(everything);

    for (String payload : List.of("", "{", pat.owner(), "x".repeat(7999), "'; DROP TABLE users")) {
      people.query("SELECT pg_notify('role_removed', ?)", payload);
      people.query("SELECT pg_notify('another_channel', ?)", payload);
    }
    // The last notification was handled, so all earlier ones were received.
    IssuedPat other = people.pat(people.person("osmo-user"));
    people.remove(other.owner(), "osmo-user");
    eventually().until(() -> isPruned(other.owner()));

    assertThat(snapshot(pat)).containsExactlyInAnyOrder("osmo-ml-team", "osmo-user");
    assertThat(people.query(everything).getFirst())
        .isEqualTo(Long.toString(Long.parseLong(before.getFirst()) + 1));
  }

  @Test
  void waiting_removals_are_counted() {
    people.asSuperuser(
        "REVOKE EXECUTE ON FUNCTION prune_removals(integer) FROM osmo_auth_exchange");
    try {
      IssuedPat pat = people.pat(people.person("osmo-user"));
      people.remove(pat.owner(), "osmo-user");

      eventually().until(() -> gauge("osmo.prune.waiting") == 1);
      assertThat(gauge("osmo.prune.behind")).isPositive();
    } finally {
      people.asSuperuser("GRANT EXECUTE ON FUNCTION prune_removals(integer) TO osmo_auth_exchange");
      people.asSuperuser("NOTIFY role_removed");
    }

    eventually().until(() -> gauge("osmo.prune.waiting") == 0);
    assertThat(gauge("osmo.prune.behind")).isZero();
  }

  private double gauge(String name) {
    return meters.find(name).gauges().stream().mapToDouble(gauge -> gauge.value()).sum();
  }

  private boolean isPruned(String owner) {
    List<String> pruned =
        people.query("SELECT pruned_at IS NOT NULL FROM role_removal WHERE user_id = ?", owner);
    return !pruned.isEmpty() && pruned.stream().allMatch("t"::equals);
  }

  private List<String> prunedTokens(String owner) {
    return people.query("SELECT pruned_tokens FROM role_removal WHERE user_id = ?", owner);
  }

  private List<String> snapshot(IssuedPat pat) {
    return people.query("SELECT role_name FROM access_token_role WHERE token_id = ?", pat.id());
  }

  private static ConditionFactory eventually() {
    return await().atMost(Patience.LONG);
  }
}
