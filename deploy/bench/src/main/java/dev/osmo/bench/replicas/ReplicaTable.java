package dev.osmo.bench.replicas;

import dev.osmo.bench.report.Median;
import dev.osmo.bench.report.Section;
import java.io.PrintStream;
import java.util.List;

/** The medians for each number of replicas. */
record ReplicaTable(List<ReplicaRound> results) implements Section {

  private static final String ROW = "%9s %10s %10s %8s %12s %10s %9s %8s %8s %8s%n";

  ReplicaTable {
    results = List.copyOf(results);
  }

  @Override
  public String name() {
    return "replicas";
  }

  @Override
  public void print(PrintStream out) {
    out.printf(
        ROW,
        "replicas",
        "req/s",
        "each",
        "scaling",
        "budget used",
        "PG CPU µs",
        "front µs",
        "p50 µs",
        "p99 µs",
        "foreign");
    results.stream().map(ReplicaRound::replicas).distinct().forEach(number -> print(out, number));
  }

  private void print(PrintStream out, int replicas) {
    List<ReplicaRound> same = with(replicas);
    double rate = Median.of(same, ReplicaRound::perSecond);
    double first = Median.of(with(results.getFirst().replicas()), ReplicaRound::perSecond);
    out.printf(
        ROW,
        replicas,
        "%,.0f".formatted(rate),
        "%,.0f".formatted(rate / replicas),
        "%.2f".formatted(rate / first),
        "%.2f".formatted(Median.of(same, ReplicaRound::used)),
        "%,.0f".formatted(Median.of(same, one -> one.round().databaseMillis()) * 1000),
        "%,.0f".formatted(Median.of(same, one -> one.round().serverMillis()) * 1000),
        "%,.0f".formatted(Median.of(same, one -> one.round().load().p50())),
        "%,.0f".formatted(Median.of(same, one -> one.round().load().p99())),
        "%.2f".formatted(Median.of(same, one -> one.round().foreign())));
  }

  private List<ReplicaRound> with(int replicas) {
    return results.stream().filter(round -> round.replicas() == replicas).toList();
  }
}
