package dev.osmo.bench.growth;

import dev.osmo.bench.report.Median;
import dev.osmo.bench.report.Section;
import dev.osmo.bench.rounds.Round;
import java.io.PrintStream;
import java.util.List;

/**
 * Three tables: the medians at each size, the pages of an exchange, and the size of the tables for
 * each million tokens, from the largest database.
 */
record GrowthTable(List<GrowthStep> results) implements Section {

  private static final String ROW = "%12s %-15s %10s %8s %8s %10s %10s %8s %8s%n";
  private static final String PAGES = "%12s %12s %14s %26s%n";
  private static final String SIZE = "%-24s %10s %10s%n";

  private static final double MILLION = 1e6;
  private static final double MEGABYTE = 1e6;

  GrowthTable {
    results = List.copyOf(results);
  }

  @Override
  public String name() {
    return "growth";
  }

  @Override
  public void print(PrintStream out) {
    out.printf(
        ROW,
        "PATs",
        "workload",
        "req/s",
        "p50 µs",
        "p99 µs",
        "CPU µs",
        "PG CPU µs",
        "growth",
        "foreign");
    results.forEach(
        step ->
            step.rounds().stream()
                .map(Round::workload)
                .distinct()
                .forEach(work -> print(out, step, work)));
    out.println();
    out.printf(PAGES, "PATs", "exchanged", "pages each", "not in shared buffers each");
    results.forEach(
        step ->
            out.printf(
                PAGES,
                "%,d".formatted(step.tokens()),
                "%,d".formatted(step.exchanged()),
                "%.1f".formatted(step.pages().allEach()),
                "%.2f".formatted(step.pages().outsideEach())));
    out.println();
    printSizes(out, results.getLast());
  }

  private void print(PrintStream out, GrowthStep step, String workload) {
    List<Round> same = rounds(step, workload);
    out.printf(
        ROW,
        "%,d".formatted(step.tokens()),
        workload,
        "%,.0f".formatted(Median.of(same, round -> round.load().perSecond())),
        "%,.0f".formatted(Median.of(same, round -> round.load().p50())),
        "%,.0f".formatted(Median.of(same, round -> round.load().p99())),
        "%,.1f".formatted(Median.of(same, Round::serverMillis) * 1000),
        "%,.1f".formatted(Median.of(same, Round::databaseMillis) * 1000),
        "%.2f".formatted(growth(step, workload)),
        "%.2f".formatted(Median.of(same, Round::foreign)));
  }

  /** Processor time of both programs for each request, as a multiple of that at the first size. */
  private double growth(GrowthStep step, String workload) {
    return Median.of(rounds(step, workload), GrowthTable::millis)
        / Median.of(rounds(results.getFirst(), workload), GrowthTable::millis);
  }

  private static double millis(Round round) {
    return round.serverMillis() + round.databaseMillis();
  }

  private static List<Round> rounds(GrowthStep step, String workload) {
    return step.rounds().stream().filter(round -> round.workload().equals(workload)).toList();
  }

  /** Only the tables that have at least a hundredth of the space. */
  private static void printSizes(PrintStream out, GrowthStep step) {
    long all = step.tables().stream().mapToLong(TableSize::bytes).sum();
    out.printf(SIZE, "MB per million PATs", "table", "indexes");
    step.tables().stream()
        .filter(size -> size.bytes() * 100 >= all)
        .forEach(
            size ->
                out.printf(
                    SIZE,
                    size.table(),
                    "%,.0f".formatted(perMillion(size.tableBytes(), step)),
                    "%,.0f".formatted(perMillion(size.indexBytes(), step))));
    out.printf(SIZE, "together", "", "%,.0f".formatted(perMillion(all, step)));
  }

  private static double perMillion(long bytes, GrowthStep step) {
    return bytes / MEGABYTE * MILLION / step.tokens();
  }
}
