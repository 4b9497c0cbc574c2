package dev.osmo.bench.overload;

import dev.osmo.bench.load.OpenLoopResult;
import dev.osmo.bench.report.Section;
import java.io.PrintStream;
import java.util.List;

/** What was sent at each rate, and how it was answered. */
record FixedRateTable(List<OpenLoopResult> results) implements Section {

  private static final String ROW = "%10s %10s %10s %8s %10s %10s %10s %8s%n";

  FixedRateTable {
    results = List.copyOf(results);
  }

  @Override
  public String name() {
    return "fixedRates";
  }

  @Override
  public void print(PrintStream out) {
    out.printf(ROW, "due/s", "sent/s", "2xx/s", "p50 µs", "p99 µs", "503", "p99 µs", "failed");
    results.forEach(
        result ->
            out.printf(
                ROW,
                "%,d".formatted(result.rate()),
                "%,.0f".formatted(result.sentPerSecond()),
                "%,.0f".formatted(result.perSecond()),
                "%,d".formatted(result.p50()),
                "%,d".formatted(result.p99()),
                "%,d".formatted(result.refused()),
                "%,d".formatted(result.refusedP99()),
                "%,d".formatted(result.failed())));
  }
}
