package dev.osmo.exchange.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.waiting.Patience;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas that share the pruning. One of them is killed while it prunes. */
@Tag("I8")
class TwoReplicasIT {

  private static final int PEOPLE = 20;
  private static final String[] ROLES = {"one", "two", "three", "stays"};
  private static final Pattern PRUNED = Pattern.compile("(?m)^osmo_prune_lag_seconds_count (\\d+)");

  /** No deadline passes while the test blocks a replica that prunes. */
  private static final Map<String, String> LONG_DEADLINES =
      Map.of("auth-exchange.database.deadline", "PT2M", "auth-exchange.database.silence", "PT3M");

  private static final String BLOCKED_PRUNING =
      "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%prune_removals%'"
          + " AND usename = 'osmo_auth_exchange'";

  private static MigratedPostgres postgres;
  private static People people;
  private static ServiceSetup setup;
  private static final List<ServiceProcess> replicas = new ArrayList<>();

  @BeforeAll
  static void start() {
    postgres = MigratedPostgres.start();
    people = new People(postgres.reactiveUrl());
    setup = ServiceSetup.on(postgres);
  }

  @AfterAll
  static void stop() {
    replicas.forEach(ServiceProcess::close);
    postgres.close();
  }

  /** The previous test has killed one of them. */
  @BeforeEach
  void twoReplicas() {
    while (replicas.size() < 2) {
      replicas.add(ServiceProcess.launch(setup.with(LONG_DEADLINES)));
    }
    replicas.forEach(ServiceProcess::awaitReady);
  }

  /**
   * The database still executes the statement of a killed process. If a whole machine fails, the
   * database notices that later and cancels the statement.
   */
  @ParameterizedTest(name = "the database cancels the statement of the killed process: {0}")
  @ValueSource(booleans = {false, true})
  void every_removal_is_pruned_once_even_if_a_replica_is_killed_while_it_prunes(boolean cancelled)
      throws SQLException {
    int removalsBefore = removals();
    List<IssuedPat> pats =
        IntStream.range(0, PEOPLE).mapToObj(unused -> people.pat(people.person(ROLES))).toList();
    IssuedPat held = pats.getFirst();
    ServiceProcess one = replicas.getFirst();
    ServiceProcess two = replicas.getLast();
    int ofOne = pruned(one);
    int ofTwo = pruned(two);

    // One replica is blocked at one removal: the other prunes all the others.
    try (Connection holder = holding(held)) {
      people.remove(held.owner(), "one");
      eventually().until(() -> people.query(BLOCKED_PRUNING).size() == 1);
      pats.stream().skip(1).forEach(pat -> people.remove(pat.owner(), "one"));
      eventually().until(() -> unpruned() == 1);
      holder.rollback();
    }
    eventually().until(() -> pruned(one) - ofOne + pruned(two) - ofTwo == PEOPLE);
    assertThat(List.of(pruned(one) - ofOne, pruned(two) - ofTwo))
        .containsExactlyInAnyOrder(1, PEOPLE - 1);

    // The blocked replica is killed.
    int ofOneSoFar = pruned(one);
    int sum = ofOneSoFar + pruned(two);
    try (Connection holder = holding(held)) {
      people.remove(held.owner(), "two");
      eventually().until(() -> people.query(BLOCKED_PRUNING).size() == 1);
      pats.stream().skip(1).forEach(pat -> people.remove(pat.owner(), "two"));
      eventually().until(() -> pruned(one) + pruned(two) == sum + PEOPLE - 1);
      ServiceProcess blocked = pruned(one) == ofOneSoFar ? one : two;
      blocked.kill();
      replicas.remove(blocked);
      if (cancelled) {
        people.query("SELECT pg_terminate_backend(pid) FROM (%s) held".formatted(BLOCKED_PRUNING));
      }
      pats.forEach(pat -> people.remove(pat.owner(), "three"));
      assertThat(unpruned()).isPositive();
      holder.rollback();
    }

    eventually().until(() -> unpruned() == 0);
    eachWasPrunedOnce(removalsBefore + 3 * PEOPLE);
    assertThat(people.query("SELECT DISTINCT role_name FROM access_token_role"))
        .containsExactly("stays");
  }

  /** Blocks the pruning of this token until the transaction of this connection ends. */
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
    return people.query("SELECT 1 FROM role_removal").size();
  }

  private static int unpruned() {
    return people.query("SELECT 1 FROM role_removal WHERE pruned_at IS NULL").size();
  }

  /** Each removal has one audit row, which names the tokens that lost the role. */
  private static void eachWasPrunedOnce(int removals) {
    assertThat(
            people.query(
                "SELECT details ->> 'removal_id' FROM audit_event WHERE action = 'role.pruned'"))
        .hasSize(removals)
        .doesNotHaveDuplicates();
    assertThat(
            people.query(
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
    return await().atMost(Patience.LONG);
  }
}
