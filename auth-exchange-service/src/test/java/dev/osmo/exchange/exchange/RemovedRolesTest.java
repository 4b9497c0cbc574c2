package dev.osmo.exchange.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.Verifier;
import dev.osmo.testkit.waiting.Patience;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A removed role is not in the next JWT, whether pruning works, is late or fails. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class RemovedRolesTest {

  private static final String BREAK_PRUNING =
      "REVOKE EXECUTE ON FUNCTION prune_removals(integer) FROM osmo_auth_exchange";
  private static final String REPAIR_PRUNING =
      "GRANT EXECUTE ON FUNCTION prune_removals(integer) TO osmo_auth_exchange";

  private static final String LISTENERS =
      "SELECT pid FROM pg_stat_activity"
          + " WHERE usename = 'osmo_auth_exchange' AND query ILIKE 'listen%'";

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  private People people;

  @BeforeEach
  void people() {
    people = new People(databaseUrl);
  }

  @AfterEach
  void repairPruning() {
    people.asSuperuser(REPAIR_PRUNING);
  }

  @Test
  @Tag("I2")
  void a_removed_role_is_never_in_the_next_jwt() {
    for (int i = 0; i < 20; i++) {
      IssuedPat pat = people.pat(people.person("osmo-user", "osmo-ml-team"));
      assertThat(Verifier.roles(Exchanges.exchange(pat))).hasSize(2);
      people.remove(pat.owner(), "osmo-ml-team");

      assertThat(Verifier.roles(Exchanges.exchange(pat))).containsExactly("osmo-user");
    }
  }

  @Test
  @Tag("I2")
  void a_removed_role_is_not_in_the_next_jwt_while_pruning_fails() {
    people.asSuperuser(BREAK_PRUNING);
    IssuedPat pat = people.pat(people.person("osmo-user", "osmo-ml-team"));
    people.remove(pat.owner(), "osmo-ml-team");

    assertThat(Verifier.roles(Exchanges.exchange(pat))).containsExactly("osmo-user");
    assertThat(snapshot(pat)).isEqualTo(2);
  }

  @Test
  @Tag("I2")
  void a_removed_role_is_not_in_the_next_jwt_while_the_listener_is_disconnected() {
    IssuedPat pat = people.pat(people.person("osmo-user", "osmo-ml-team"));
    assertThat(Verifier.roles(Exchanges.exchange(pat))).hasSize(2);
    people.asSuperuser("ALTER ROLE osmo_auth_exchange NOLOGIN");
    try {
      people.query("SELECT pg_terminate_backend(pid) FROM (" + LISTENERS + ") l");
      await().atMost(Patience.LONG).until(() -> people.query(LISTENERS).isEmpty());
      people.remove(pat.owner(), "osmo-ml-team");

      assertThat(Verifier.roles(Exchanges.exchange(pat))).containsExactly("osmo-user");
      assertThat(snapshot(pat)).isEqualTo(2);
    } finally {
      people.asSuperuser("ALTER ROLE osmo_auth_exchange LOGIN");
    }

    await().atMost(Patience.LONG).until(() -> snapshot(pat) == 1);
  }

  @Test
  @Tag("I2")
  void a_removed_role_is_not_in_the_next_jwt_while_the_listener_receives_nothing()
      throws Exception {
    IssuedPat pat = people.pat(people.person("osmo-user", "osmo-ml-team"));
    await().atMost(Patience.LONG).until(() -> people.query(LISTENERS).size() == 1);
    String other = people.query(LISTENERS).getFirst();
    // The database process is stopped: it neither closes the connection nor sends anything.
    signal("STOP", other);
    try {
      people.remove(pat.owner(), "osmo-ml-team");

      assertThat(Verifier.roles(Exchanges.exchange(pat))).containsExactly("osmo-user");
      assertThat(snapshot(pat)).isEqualTo(2);
    } finally {
      signal("CONT", other);
    }

    await().atMost(Patience.LONG).until(() -> snapshot(pat) == 1);
  }

  @Test
  @Tag("I5")
  void a_role_that_is_assigned_again_does_not_return_to_old_tokens_pruned_or_not() {
    people.asSuperuser(BREAK_PRUNING);
    IssuedPat pat = people.pat(people.person("osmo-user", "osmo-ml-team"));
    people.remove(pat.owner(), "osmo-ml-team");
    people.grant(pat.owner(), "osmo-ml-team");

    assertThat(Verifier.roles(Exchanges.exchange(pat))).containsExactly("osmo-user");

    repairPruning();
    people.asSuperuser("NOTIFY role_removed");
    await().atMost(Patience.LONG).until(() -> snapshot(pat) == 1);

    assertThat(Verifier.roles(Exchanges.exchange(pat))).containsExactly("osmo-user");
    assertThat(Verifier.roles(Exchanges.exchange(people.pat(pat.owner()))))
        .containsExactly("osmo-ml-team", "osmo-user");
  }

  private static void signal(String name, String process) throws Exception {
    assertThat(Patience.exitOf(new ProcessBuilder("kill", "-" + name, process).start())).isZero();
  }

  private int snapshot(IssuedPat pat) {
    return people
        .query("SELECT role_name FROM access_token_role WHERE token_id = ?", pat.id())
        .size();
  }
}
