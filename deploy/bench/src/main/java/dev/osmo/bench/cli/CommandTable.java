package dev.osmo.bench.cli;

import dev.osmo.bench.report.Median;
import dev.osmo.bench.report.Section;
import java.io.PrintStream;
import java.util.List;

/** The median of each command, and of what remains without the server. */
record CommandTable(List<CommandRun> results) implements Section {

  private static final String ROW = "%-20s %6s %10s %10s %10s %10s%n";

  CommandTable {
    results = List.copyOf(results);
  }

  @Override
  public String name() {
    return "cli";
  }

  @Override
  public void print(PrintStream out) {
    out.printf(ROW, "command", "runs", "least ms", "median ms", "server ms", "own ms");
    results.stream().map(CommandRun::command).distinct().forEach(command -> print(out, command));
  }

  private void print(PrintStream out, String command) {
    List<CommandRun> same = results.stream().filter(run -> run.command().equals(command)).toList();
    out.printf(
        ROW,
        command,
        same.size(),
        "%.1f".formatted(same.stream().mapToDouble(CommandRun::millis).min().orElseThrow()),
        "%.1f".formatted(Median.of(same, CommandRun::millis)),
        "%.1f".formatted(Median.of(same, CommandRun::serverMillis)),
        "%.1f".formatted(Median.of(same, CommandRun::ownMillis)));
  }
}
