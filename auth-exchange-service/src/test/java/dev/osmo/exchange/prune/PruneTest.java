package dev.osmo.exchange.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.People;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The timer of these tests rings once an hour: what is pruned is pruned for another reason. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class PruneTest {

  private static final String LISTENERS =
      "SELECT pid FROM pg_stat_activity"
          + " WHERE usename = 'osmo_auth_exchange' AND query ILIKE 'listen%'";

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  private People people;

  @BeforeEach
  void people() {
    people = new People(databaseUrl);
    eventually().until(() -> people.look(LISTENERS).size() == 1);
  }

  @Test
  @Tag("I8")
  void a_bell_is_answered_with_pruning_and_an_audit_row() {
    IssuedPat first = people.pat(people.person("osmo-user", "osmo-ml-team"));
    IssuedPat second = people.pat(first.owner());

    people.remove(first.owner(), "osmo-ml-team");

    eventually().until(() -> isPruned(first.owner()));
    assertThat(snapshot(first)).containsExactly("osmo-user");
    assertThat(snapshot(second)).containsExactly("osmo-user");
    assertThat(prunedTokens(first.owner())).containsExactly("2");
    assertThat(
            people.look(
                "SELECT actor || ' ' || (details ->> 'role') || ' '"
                    + " || jsonb_array_length(details -> 'pat_ids')"
                    + " FROM audit_event WHERE action = 'role.pruned' AND user_id = ?",
                first.owner()))
        .containsExactly("osmo_auth_exchange osmo-ml-team 2");
  }

  @Test
  @Tag("I8")
  void a_removal_while_the_listener_is_cut_off_is_pruned_after_it_is_back() {
    IssuedPat pat = people.pat(people.person("osmo-user", "osmo-ml-team"));
    people.asSuperuser("ALTER ROLE osmo_auth_exchange NOLOGIN");
    try {
      people.look("SELECT pg_terminate_backend(pid) FROM (" + LISTENERS + ") l");
      eventually().until(() -> people.look(LISTENERS).isEmpty());
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
  void a_bell_rings_on_the_new_connection_too() {
    people.look("SELECT pg_terminate_backend(pid) FROM (" + LISTENERS + ") l");
    eventually().until(() -> people.look(LISTENERS).size() == 1);
    IssuedPat pat = people.pat(people.person("osmo-user"));

    people.remove(pat.owner(), "osmo-user");

    eventually().until(() -> isPruned(pat.owner()));
  }

  @Test
  @Tag("I8")
  void more_removals_than_a_batch_are_all_pruned_and_each_once() {
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
            people.look(
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

  private boolean isPruned(String owner) {
    List<String> pruned =
        people.look("SELECT pruned_at IS NOT NULL FROM role_removal WHERE user_id = ?", owner);
    return !pruned.isEmpty() && pruned.stream().allMatch("t"::equals);
  }

  private List<String> prunedTokens(String owner) {
    return people.look("SELECT pruned_tokens FROM role_removal WHERE user_id = ?", owner);
  }

  private List<String> snapshot(IssuedPat pat) {
    return people.look("SELECT role_name FROM access_token_role WHERE token_id = ?", pat.id());
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(30));
  }
}
