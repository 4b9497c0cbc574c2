package dev.osmo.bench.start;

import dev.osmo.bench.report.Median;
import dev.osmo.bench.report.Section;
import java.io.PrintStream;
import java.util.List;

/** The median start of each service. */
record StartTable(List<ServiceStart> results) implements Section {

  private static final String ROW = "%-12s %16s %16s%n";

  StartTable {
    results = List.copyOf(results);
  }

  @Override
  public String name() {
    return "starts";
  }

  @Override
  public void print(PrintStream out) {
    out.printf(ROW, "start until", "ready ms", "with a cache ms");
    results.stream()
        .map(ServiceStart::service)
        .distinct()
        .forEach(
            service -> out.printf(ROW, service, millis(service, false), millis(service, true)));
  }

  private String millis(String service, boolean cached) {
    List<ServiceStart> same =
        results.stream()
            .filter(start -> start.service().equals(service) && start.cached() == cached)
            .toList();
    return "%,.0f".formatted(Median.of(same, ServiceStart::millis));
  }
}
