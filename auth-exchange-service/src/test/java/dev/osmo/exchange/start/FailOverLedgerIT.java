package dev.osmo.exchange.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.testkit.postgres.PostgresNode;
import dev.osmo.testkit.postgres.StreamingPair;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.waiting.Patience;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Fail-overs under load between two servers with synchronous replication. A ledger remembers every
 * acknowledged removal and deletion: no JWT of a later request contains it, and no fail-over loses
 * it. Runs with {@code -Dfailovers=20}, or any other number.
 */
@Tag("I2")
@Tag("I3")
@Tag("I12")
@EnabledIfSystemProperty(named = "failovers", matches = "[0-9]+")
class FailOverLedgerIT {

  private static final int FAILOVERS = Integer.getInteger("failovers", 2);

  /** Enough requests before, during and after each fail-over. */
  private static final int CHANGES_BETWEEN = 25;

  private static final Duration DEADLINE = Patience.LONG;

  private record Change(IssuedPat pat, boolean deletes) {}

  private final Queue<Change> ledger = new ConcurrentLinkedQueue<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final AtomicInteger issued = new AtomicInteger();
  private volatile boolean done;
  private volatile PostgresNode primary;

  @Test
  void an_acknowledged_removal_holds_through_every_fail_over() throws Exception {
    try (StreamingPair pair = StreamingPair.start();
        ServiceProcess service =
            ServiceProcess.start(
                ServiceSetup.on(pair.reactiveUrls())
                    .with(
                        Map.of(
                            "auth-exchange.database.commit-lease", "PT3S",
                            "auth-exchange.limits.failures-per-minute", "1000000")));
        ExecutorService load = Executors.newFixedThreadPool(3)) {
      primary = pair.first();
      PostgresNode standby = pair.second();
      primary.setSynchronous(true);
      List<Future<?>> running = new ArrayList<>();
      running.add(load.submit(() -> change(service)));
      running.add(load.submit(() -> present(service)));
      running.add(load.submit(() -> present(service)));

      for (int failover = 0; failover < FAILOVERS; failover++) {
        awaitChanges();
        PostgresNode old = primary;
        if (failover % 2 == 0) {
          old.kill();
        } else {
          old.stop();
        }
        standby.promote();
        primary = standby;
        old.startAsCopyOf(primary);
        primary.setSynchronous(true);
        standby = old;
        awaitChanges();
      }
      done = true;
      for (Future<?> one : running) {
        one.get(10, TimeUnit.MINUTES);
      }

      assertThat(violations).isEmpty();
      assertThat(issued).hasPositiveValue();
      assertThat(ledger).allSatisfy(this::isInTheDatabase);
    }
  }

  /** Creates a token and removes its role or deletes it, again and again. */
  private void change(ServiceProcess service) {
    boolean deletes = false;
    while (!done) {
      try {
        People people = new People(primary.reactiveUrl());
        IssuedPat pat = people.pat(people.person("osmo-user"));
        if (exchange(service, pat).statusCode() == 200) {
          issued.incrementAndGet();
        }
        if (deletes) {
          people.delete(pat);
        } else {
          people.remove(pat.owner(), "osmo-user");
        }
        // Only an acknowledged change reaches the ledger: a lost connection is an exception.
        ledger.add(new Change(pat, deletes));
        expectRefusal(service, pat);
        deletes = !deletes;
      } catch (IllegalStateException noPrimaryNow) {
        // A fail-over is under way: the next attempt uses the new primary.
      }
    }
  }

  /** Presents tokens of the ledger. */
  private void present(ServiceProcess service) {
    await().atMost(DEADLINE).until(() -> !ledger.isEmpty());
    while (!done) {
      ledger.forEach(change -> expectRefusal(service, change.pat()));
    }
  }

  private void expectRefusal(ServiceProcess service, IssuedPat pat) {
    Response answer = exchange(service, pat);
    if (answer.statusCode() == 200) {
      violations.add(pat.id() + ": " + answer.asString());
    }
  }

  private void isInTheDatabase(Change change) {
    String sql =
        change.deletes()
            ? "SELECT 1 FROM access_token WHERE id = '%s'".formatted(change.pat().id())
            : "SELECT 1 FROM role_assignment WHERE user_id = '%s'".formatted(change.pat().owner());
    assertThat(primary.query(sql)).as(change.toString()).isEmpty();
  }

  private void awaitChanges() {
    int before = ledger.size();
    int issuedBefore = issued.get();
    await()
        .atMost(DEADLINE)
        .until(() -> ledger.size() >= before + CHANGES_BETWEEN && issued.get() > issuedBefore);
  }

  private static Response exchange(ServiceProcess service, IssuedPat pat) {
    return Exchanges.exchange(service.client(), pat.text());
  }
}
