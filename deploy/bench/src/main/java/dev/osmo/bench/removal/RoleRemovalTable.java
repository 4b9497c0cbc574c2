package dev.osmo.bench.removal;

import dev.osmo.bench.report.Median;
import dev.osmo.bench.report.Section;
import java.io.PrintStream;
import java.util.List;

/** The medians for each number of tokens that carried the role. */
record RoleRemovalTable(List<RoleRemoval> results) implements Section {

  private static final String ROW = "%-12s %12s %12s %14s %14s%n";

  RoleRemovalTable {
    results = List.copyOf(results);
  }

  @Override
  public String name() {
    return "removals";
  }

  @Override
  public void print(PrintStream out) {
    out.printf(ROW, "role removal", "answer ms", "pruned ms", "quiet p99 µs", "p99 µs");
    results.stream().map(RoleRemoval::tokens).distinct().forEach(size -> print(out, size));
  }

  private void print(PrintStream out, int tokens) {
    List<RoleRemoval> same =
        results.stream().filter(removal -> removal.tokens() == tokens).toList();
    out.printf(
        ROW,
        "%,d PATs".formatted(tokens),
        "%,.1f".formatted(Median.of(same, RoleRemoval::answerMillis)),
        "%,.0f".formatted(Median.of(same, RoleRemoval::prunedMillis)),
        "%,.0f".formatted(Median.of(same, RoleRemoval::quietP99)),
        "%,.0f".formatted(Median.of(same, RoleRemoval::p99)));
  }
}
