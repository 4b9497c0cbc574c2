package dev.osmo.exchange.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.MigratedPostgres;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.ServiceProcess;
import dev.osmo.exchange.testing.ServiceSetup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Replicas that share the pruning, and one that dies at it. */
@Tag("I8")
class TwoReplicasIT {

  private static final int PEOPLE = 20;
  private static final String[] ROLES = {"one", "two", "three", "four", "five", "stays"};
  private static final int REMOVED = PEOPLE * (ROLES.length - 1);
  private static final Pattern PRUNED = Pattern.compile("(?m)^osmo_prune_lag_seconds_count (\\d+)");

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

  @Test
  void what_several_prune_together_is_pruned_once_also_when_one_of_them_is_killed() {
    List<IssuedPat> pats =
        IntStream.range(0, PEOPLE).mapToObj(unused -> people.pat(people.person(ROLES))).toList();
    try (ServiceProcess one = ServiceProcess.launch(setup, Map.of());
        ServiceProcess two = ServiceProcess.launch(setup, Map.of())) {
      one.awaitReady();
      two.awaitReady();

      pats.forEach(TwoReplicasIT::removeAllButOne);

      await().atMost(Duration.ofSeconds(60)).until(() -> unpruned() == 0);
      await().atMost(Duration.ofSeconds(60)).until(() -> pruned(one) + pruned(two) >= REMOVED);
      assertThat(pruned(one) + pruned(two)).isEqualTo(REMOVED);
      eachWasPrunedOnce(REMOVED);

      List<IssuedPat> more = pats.stream().map(pat -> people.pat(pat.owner())).toList();
      IntStream.range(0, PEOPLE)
          .forEach(
              i -> {
                if (i == PEOPLE / 2) {
                  one.kill();
                }
                people.remove(more.get(i).owner(), "stays");
              });

      await().atMost(Duration.ofSeconds(60)).until(() -> unpruned() == 0);
      eachWasPrunedOnce(REMOVED + PEOPLE);
      assertThat(people.look("SELECT 1 FROM access_token_role")).isEmpty();
    }
  }

  private static void removeAllButOne(IssuedPat pat) {
    for (String role : ROLES) {
      if (!role.equals("stays")) {
        people.remove(pat.owner(), role);
      }
    }
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
}
