package dev.osmo.bench.rounds;

import dev.osmo.bench.report.Median;
import dev.osmo.bench.report.Section;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The medians of each server, kind of work and number of connections. The two ratios compare the
 * rate with that of the ceiling which bounds the work, and with Keycloak's closest work, at as many
 * connections.
 */
public record RoundTable(List<Round> results) implements Section {

  private static final String ROW = "%-10s %-18s %5s %10s %8s %9s %8s %8s %10s %10s %8s %6s%n";

  public RoundTable {
    results = List.copyOf(results);
  }

  @Override
  public String name() {
    return "rounds";
  }

  @Override
  public void print(PrintStream out) {
    out.printf(
        ROW,
        "server",
        "workload",
        "conns",
        "req/s",
        "ceiling",
        "Keycloak",
        "p50 µs",
        "p99 µs",
        "CPU µs",
        "PG CPU µs",
        "foreign",
        "MiB");
    results.stream().map(Key::of).distinct().forEach(key -> print(out, key));
  }

  /** Draws the median rates as bars. */
  public void draw(Path file) {
    List<Chart.Bar> bars =
        results.stream()
            .map(Key::of)
            .distinct()
            .map(
                key ->
                    new Chart.Bar(
                        key.label(), Median.of(of(key), round -> round.load().perSecond())))
            .toList();
    try {
      Files.writeString(file, Chart.draw("Requests a second", bars));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Round> of(Key key) {
    return results.stream().filter(round -> Key.of(round).equals(key)).toList();
  }

  private void print(PrintStream out, Key key) {
    List<Round> same = of(key);
    double rate = Median.of(same, round -> round.load().perSecond());
    out.printf(
        ROW,
        key.server(),
        key.workload(),
        key.connections(),
        "%,.0f".formatted(rate),
        ratio(rate, key, key.ceiling(), "batched", "ceiling"),
        ratio(rate, key, peer(key), "keycloak"),
        "%,.0f".formatted(Median.of(same, round -> round.load().p50())),
        "%,.0f".formatted(Median.of(same, round -> round.load().p99())),
        "%,.0f".formatted(Median.of(same, Round::serverMillis) * 1000),
        "%,.0f".formatted(Median.of(same, Round::databaseMillis) * 1000),
        "%.2f".formatted(Median.of(same, Round::foreign)),
        "%.0f".formatted(Median.of(same, Round::mebibytes)));
  }

  /** Keycloak's work that is closest to this one; empty for none. */
  private static Optional<String> peer(Key key) {
    return switch (key.workload()) {
      case "introspection" -> Optional.of("introspection");
      case "rfc8693", "token-exchange" -> Optional.of("token-exchange");
      case "warm-exchange", "client-credentials" -> Optional.of("client-credentials");
      default -> Optional.empty();
    };
  }

  /** The ratio to the first of these servers that did the work. */
  private String ratio(double rate, Key key, Optional<String> workload, String... servers) {
    return Stream.of(servers)
        .map(
            server ->
                results.stream()
                    .filter(round -> round.server().equals(server))
                    .filter(round -> Optional.of(round.workload()).equals(workload))
                    .filter(round -> round.connections() == key.connections())
                    .toList())
        .filter(others -> !others.isEmpty())
        .findFirst()
        .map(
            others -> "%.2f".formatted(rate / Median.of(others, round -> round.load().perSecond())))
        .orElse("-");
  }

  private record Key(String server, String workload, Optional<String> ceiling, int connections) {
    static Key of(Round round) {
      return new Key(round.server(), round.workload(), round.ceiling(), round.connections());
    }

    String label() {
      return "%s %s, %d".formatted(server, workload, connections);
    }
  }
}
