package dev.osmo.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.osmo.bench.load.OpenLoopResult;
import dev.osmo.bench.removal.RoleRemoval;
import dev.osmo.bench.start.ServiceStart;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The medians as tables, and every round as JSON. */
public final class Report {

  private static final String ROW = "%-10s %-18s %5s %10s %8s %9s %8s %8s %10s %10s %8s %6s%n";

  private static final String FIXED = "%10s %10s %10s %8s %10s %10s %10s %8s%n";

  private static final String REMOVAL = "%-12s %12s %12s %14s %14s%n";

  private static final String START = "%-12s %16s %16s%n";

  private final List<Round> rounds;
  private final List<OpenLoopResult> fixedRates;
  private final List<RoleRemoval> removals;
  private final List<ServiceStart> starts;
  private final Map<String, String> machine;

  public Report(
      List<Round> rounds,
      List<OpenLoopResult> fixedRates,
      List<RoleRemoval> removals,
      List<ServiceStart> starts,
      Map<String, String> machine) {
    this.rounds = List.copyOf(rounds);
    this.fixedRates = List.copyOf(fixedRates);
    this.removals = List.copyOf(removals);
    this.starts = List.copyOf(starts);
    this.machine = new LinkedHashMap<>(machine);
  }

  /**
   * Prints medians. The two ratios compare the rate with that of the ceiling which bounds the work,
   * and with Keycloak's closest work, at as many connections.
   */
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
    rounds.stream().map(Key::of).distinct().forEach(key -> print(out, key));
    if (!fixedRates.isEmpty()) {
      out.printf(
          "%n" + FIXED, "due/s", "sent/s", "2xx/s", "p50 µs", "p99 µs", "503", "p99 µs", "failed");
      fixedRates.forEach(result -> print(out, result));
    }
    if (!removals.isEmpty()) {
      out.println();
      out.printf(REMOVAL, "role removal", "answer ms", "pruned ms", "quiet p99 µs", "p99 µs");
      removals.stream().map(RoleRemoval::tokens).distinct().forEach(size -> print(out, size));
    }
    if (!starts.isEmpty()) {
      out.println();
      out.printf(START, "start until", "ready ms", "with a cache ms");
      starts.stream().map(ServiceStart::service).distinct().forEach(name -> print(out, name));
    }
  }

  private void print(PrintStream out, String service) {
    out.printf(START, service, started(service, false), started(service, true));
  }

  private String started(String service, boolean cached) {
    List<ServiceStart> same =
        starts.stream()
            .filter(start -> start.service().equals(service) && start.cached() == cached)
            .toList();
    return "%,.0f".formatted(median(same, ServiceStart::millis));
  }

  private void print(PrintStream out, int tokens) {
    List<RoleRemoval> same =
        removals.stream().filter(removal -> removal.tokens() == tokens).toList();
    out.printf(
        REMOVAL,
        "%,d PATs".formatted(tokens),
        "%,.1f".formatted(median(same, RoleRemoval::answerMillis)),
        "%,.0f".formatted(median(same, RoleRemoval::prunedMillis)),
        "%,.0f".formatted(median(same, RoleRemoval::quietP99)),
        "%,.0f".formatted(median(same, RoleRemoval::p99)));
  }

  public void write(Path file) {
    try {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(
              file.toFile(),
              Map.of(
                  "machine", machine,
                  "rounds", rounds,
                  "fixedRates", fixedRates,
                  "removals", removals,
                  "starts", starts));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Draws the median rates as bars. */
  public void draw(Path file) {
    List<Chart.Bar> bars =
        rounds.stream()
            .map(Key::of)
            .distinct()
            .map(
                key ->
                    new Chart.Bar(key.label(), median(of(key), round -> round.load().perSecond())))
            .toList();
    try {
      Files.writeString(file, Chart.draw("Requests a second", bars));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Round> of(Key key) {
    return rounds.stream().filter(round -> Key.of(round).equals(key)).toList();
  }

  private static void print(PrintStream out, OpenLoopResult result) {
    out.printf(
        FIXED,
        "%,d".formatted(result.rate()),
        "%,.0f".formatted(result.sentPerSecond()),
        "%,.0f".formatted(result.perSecond()),
        "%,d".formatted(result.p50()),
        "%,d".formatted(result.p99()),
        "%,d".formatted(result.refused()),
        "%,d".formatted(result.refusedP99()),
        "%,d".formatted(result.failed()));
  }

  private void print(PrintStream out, Key key) {
    List<Round> same = of(key);
    double rate = median(same, round -> round.load().perSecond());
    out.printf(
        ROW,
        key.server(),
        key.workload(),
        key.connections(),
        "%,.0f".formatted(rate),
        ratio(rate, key, key.ceiling(), "batched", "ceiling"),
        ratio(rate, key, peer(key), "keycloak"),
        "%,.0f".formatted(median(same, round -> round.load().p50())),
        "%,.0f".formatted(median(same, round -> round.load().p99())),
        "%,.0f".formatted(median(same, Round::serverMillis) * 1000),
        "%,.0f".formatted(median(same, Round::databaseMillis) * 1000),
        "%.2f".formatted(median(same, Round::foreign)),
        "%.0f".formatted(median(same, Round::mebibytes)));
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
                rounds.stream()
                    .filter(round -> round.server().equals(server))
                    .filter(round -> Optional.of(round.workload()).equals(workload))
                    .filter(round -> round.connections() == key.connections())
                    .toList())
        .filter(others -> !others.isEmpty())
        .findFirst()
        .map(others -> "%.2f".formatted(rate / median(others, round -> round.load().perSecond())))
        .orElse("-");
  }

  static <T> double median(List<T> measured, ToDoubleFunction<T> figure) {
    double[] sorted = measured.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
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
