package dev.osmo.bench.replicas;

import dev.osmo.bench.cpu.CpuBudgets;
import dev.osmo.bench.cpu.ProcessorTime;
import dev.osmo.bench.load.Workload;
import dev.osmo.bench.load.Wrk;
import dev.osmo.bench.report.Measurement;
import dev.osmo.bench.report.Progress;
import dev.osmo.bench.report.Section;
import dev.osmo.bench.rounds.Round;
import dev.osmo.bench.rounds.Rounds;
import dev.osmo.bench.rounds.Servers;
import dev.osmo.bench.rounds.Subject;
import dev.osmo.bench.system.Server;
import dev.osmo.bench.system.TestBed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Warm exchanges through a front, with different numbers of replicas.
 *
 * <p>All programs share one machine. So each replica gets a small part of a processor, and the
 * others have more than they need. Without such budgets, further replicas would only take time from
 * each other.
 *
 * @param numbers of replicas
 * @param budget of each replica, as a part of one processor
 * @param count how many rounds
 * @param seconds length of a round
 * @param warmUp seconds for each replica before it has its budget, which is too small for the
 *     compiler
 */
public record Replicas(
    TestBed bed, Wrk wrk, List<Integer> numbers, double budget, int count, int seconds, int warmUp)
    implements Measurement {

  private static final int CONNECTIONS = 32;

  public Replicas {
    numbers = numbers.stream().sorted().toList();
  }

  @Override
  public Section measure() {
    Optional<CpuBudgets> available = CpuBudgets.ofThisMachine();
    if (available.isEmpty()) {
      Progress.say(
          "replicas are left out: no control group for processor time can be created below"
              + " /sys/fs/cgroup, so all replicas would compete for the same processors");
      return new ReplicaTable(List.of());
    }
    List<ReplicaRound> measured = new ArrayList<>();
    try (CpuBudgets budgets = available.get();
        Servers running = new Servers()) {
      Rounds rounds = new Rounds(bed.postmaster(), wrk, running, seconds);
      Workload warm = bed.workloads().warm();
      List<Server> replicas =
          IntStream.rangeClosed(1, Collections.max(numbers)).mapToObj(bed::startReplica).toList();
      replicas.forEach(replica -> running.add(replica, List.of()));
      for (Server replica : replicas) {
        Progress.say("warming up %s for %d seconds".formatted(replica.name(), warmUp));
        wrk.run(warm, replica.port(), CONNECTIONS, warmUp);
      }
      replicas.forEach(replica -> budgets.limit(replica.pid(), budget));
      for (int number : numbers) {
        running.add(bed.startFront("front-" + number, replicas.subList(0, number)), List.of(warm));
      }
      for (int round = 1; round <= count; round++) {
        for (int number : numbers) {
          Progress.say("replicas %d, round %d of %d".formatted(number, round, count));
          Subject subject = new Subject(running.named("front-" + number), warm);
          measured.add(measure(rounds, subject, replicas.subList(0, number)));
        }
      }
    }
    return new ReplicaTable(measured);
  }

  private ReplicaRound measure(Rounds rounds, Subject front, List<Server> replicas) {
    return rounds.quietest(
        () -> {
          Duration before = processorTime(replicas);
          Round round = rounds.measureOnce(front, CONNECTIONS);
          double used = processorTime(replicas).minus(before).toMillis();
          double given = round.load().micros() / 1e3 * budget * replicas.size();
          return new ReplicaRound(replicas.size(), round, used / given);
        },
        measured -> measured.round().foreign());
  }

  private static Duration processorTime(List<Server> replicas) {
    return replicas.stream()
        .map(replica -> ProcessorTime.ofTree(replica.pid()))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
