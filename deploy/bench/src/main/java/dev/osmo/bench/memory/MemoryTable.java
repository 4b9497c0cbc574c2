package dev.osmo.bench.memory;

import dev.osmo.bench.report.Section;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;

/**
 * Least, median and greatest memory of each service in each quarter of the time. In the first one,
 * the compiler is still at work, so the growth is that from the second to the last.
 *
 * @param succeeded how many requests were answered 2xx
 * @param failed how many were not
 */
record MemoryTable(List<MemorySample> results, long succeeded, long failed) implements Section {

  private static final String ROW = "%-12s %18s %18s %18s %18s %10s%n";

  MemoryTable {
    results = List.copyOf(results);
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public void print(PrintStream out) {
    out.printf(ROW, "memory in MiB", "first quarter", "second", "third", "last", "growth");
    results.stream().map(MemorySample::service).distinct().forEach(service -> print(out, service));
    out.printf(
        "%,d requests, %,d failed, %,.0f minutes%n",
        succeeded + failed, failed, results.getLast().seconds() / 60);
  }

  private void print(PrintStream out, String service) {
    List<Quarter> quarters =
        Quarter.all(results.stream().filter(sample -> sample.service().equals(service)).toList());
    Object[] cells =
        Stream.of(
                Stream.of(service),
                quarters.stream().map(MemoryTable::cell),
                Stream.of("%+.1f".formatted(quarters.get(3).median() - quarters.get(1).median())))
            .flatMap(part -> part)
            .toArray();
    out.printf(ROW, cells);
  }

  private static String cell(Quarter quarter) {
    return "%d / %.0f / %d".formatted(quarter.least(), quarter.median(), quarter.greatest());
  }
}
