package dev.osmo.exchange.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.process.ServiceProcess;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas that share the pruning, and one that dies at it. */
@Tag("I8")
class TwoReplicasIT {

  private static final int PEOPLE = 20;
  private static final String[] ROLES = {"one", "two", "three", "stays"};
  private static final Pattern PRUNED = Pattern.compile("(?m)^osmo_prune_lag_seconds_count (\\d+)");

  /** A prune that the test holds up is not given up meanwhile, as slow as the machine may be. */
  private static final Map<String, String> PATIENT =
      Map.of("auth-exchange.database.deadline", "PT2M", "auth-exchange.database.silence", "PT3M");

  private static final String PRUNING_HELD_UP =
      "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%prune_removals%'"
          + " AND usename = 'osmo_auth_exchange'";

  private static MigratedPostgres postgres;
  private static People people;
  private static ServiceSetup setup;

  @BeforeAll
  static void start() {
    postgres = MigratedPostgres.start();
    people = new People(postgres.reactiveUrl());
    setup = ServiceSetup.on(postgres);
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  /**
   * A process that is killed leaves its question with the database, which answers it to nobody; a
   * machine that is gone is noticed at some time, and the question taken back.
   */
  @ParameterizedTest(name = "the database takes its question back: {0}")
  @ValueSource(booleans = {false, true})
  void what_several_prune_together_is_pruned_once_also_when_one_of_them_is_killed_at_it(
      boolean takenBack) throws SQLException {
    int before = removals();
    List<IssuedPat> pats =
        IntStream.range(0, PEOPLE).mapToObj(unused -> people.pat(people.person(ROLES))).toList();
    IssuedPat held = pats.getFirst();
    try (ServiceProcess one = ServiceProcess.launch(setup.with(PATIENT));
        ServiceProcess two = ServiceProcess.launch(setup.with(PATIENT))) {
      one.awaitReady();
      two.awaitReady();

      try (Connection holder = holding(held)) {
        people.remove(held.owner(), "one");
        eventually().until(() -> people.look(PRUNING_HELD_UP).size() == 1);
        pats.stream().skip(1).forEach(pat -> people.remove(pat.owner(), "one"));
        eventually().until(() -> unpruned() == 1);
        holder.rollback();
      }
      eventually().until(() -> pruned(one) + pruned(two) == PEOPLE);
      assertThat(List.of(pruned(one), pruned(two))).containsExactlyInAnyOrder(1, PEOPLE - 1);

      int ofOne = pruned(one);
      try (Connection holder = holding(held)) {
        people.remove(held.owner(), "two");
        eventually().until(() -> people.look(PRUNING_HELD_UP).size() == 1);
        pats.stream().skip(1).forEach(pat -> people.remove(pat.owner(), "two"));
        eventually().until(() -> pruned(one) + pruned(two) == 2 * PEOPLE - 1);
        (pruned(one) == ofOne ? one : two).kill();
        if (takenBack) {
          people.look("SELECT pg_terminate_backend(pid) FROM (%s) held".formatted(PRUNING_HELD_UP));
        }
        pats.forEach(pat -> people.remove(pat.owner(), "three"));
        assertThat(unpruned()).isPositive();
        holder.rollback();
      }

      eventually().until(() -> unpruned() == 0);
      eachWasPrunedOnce(before + 3 * PEOPLE);
      assertThat(people.look("SELECT DISTINCT role_name FROM access_token_role"))
          .containsExactly("stays");
    }
  }

  /** Who prunes a role of this token waits until the transaction of this connection ends. */
  private static Connection holding(IssuedPat pat) throws SQLException {
    Connection holder = people.connect("postgres");
    holder.setAutoCommit(false);
    try (PreparedStatement lock =
        holder.prepareStatement("SELECT FROM access_token WHERE id = ? FOR UPDATE")) {
      lock.setString(1, pat.id());
      lock.execute();
    }
    return holder;
  }

  private static int removals() {
    return people.look("SELECT 1 FROM role_removal").size();
  }

  private static int unpruned() {
    return people.look("SELECT 1 FROM role_removal WHERE pruned_at IS NULL").size();
  }

  /** Each removal has one row in the trail, which names as many tokens as lost the role. */
  private static void eachWasPrunedOnce(int removals) {
    assertThat(
            people.look(
                "SELECT details ->> 'removal_id' FROM audit_event WHERE action = 'role.pruned'"))
        .hasSize(removals)
        .doesNotHaveDuplicates();
    assertThat(
            people.look(
                "SELECT removal.id"
                    + " FROM audit_event JOIN role_removal removal"
                    + " ON removal.id = (details ->> 'removal_id')::bigint"
                    + " WHERE jsonb_array_length(details -> 'pat_ids') <> removal.pruned_tokens"))
        .isEmpty();
  }

  private static int pruned(ServiceProcess replica) {
    Matcher count = PRUNED.matcher(replica.metrics());
    return count.find() ? Integer.parseInt(count.group(1)) : 0;
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60));
  }
}
