package dev.osmo.local.system;

import dev.osmo.testkit.process.Finished;
import dev.osmo.testkit.waiting.Patience;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** The real {@code osmo-cli/osmo}, with a configuration folder of its own. */
record OsmoCommand(Path config) {
  private static final String PROGRAM = RunningStack.HOME.resolve("osmo-cli/osmo").toString();

  record Run(int exitCode, String out, String err) {}

  Run run(String... arguments) throws IOException, InterruptedException {
    return run(Map.of(), arguments);
  }

  /** With these environment variables. */
  Run run(Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PROGRAM));
    command.addAll(List.of(arguments));
    return run(variables, command);
  }

  /** In a thread of its own, at a terminal. Both streams are in the output. */
  CompletableFuture<Run> startAtTerminal(Map<String, String> variables, String... arguments) {
    String typed = "'" + PROGRAM + "' " + String.join(" ", arguments);
    return inBackground(() -> run(variables, PseudoTerminal.words(typed)));
  }

  private Run run(Map<String, String> variables, List<String> command)
      throws IOException, InterruptedException {
    Path err = standardError();
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.startsWith("OSMO_") || key.equals("BROWSER"));
    builder.environment().put("OSMO_CONFIG_FILE_DIR", config.toString());
    builder.environment().putAll(variables);
    Finished finished = Finished.run(builder, Patience.LONG);
    return new Run(finished.exitCode(), finished.output(), Files.readString(err));
  }

  /** In a thread of its own, because a login waits for a person. */
  CompletableFuture<Run> start(Map<String, String> variables, String... arguments) {
    return inBackground(() -> run(variables, arguments));
  }

  private static CompletableFuture<Run> inBackground(Callable<Run> command) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return command.call();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        },
        Thread::startVirtualThread);
  }

  /** The file with the standard error of the last command. */
  Path standardError() {
    return config.resolveSibling(config.getFileName() + ".stderr");
  }

  /** So old that the next command renews it. */
  void letTheJwtGetOld() throws IOException {
    Path file = config.resolve("credentials.json");
    JsonObject saved = new JsonObject(Files.readString(file));
    saved
        .getJsonObject("contexts")
        .getJsonObject("default")
        .put("jwt_received_at", "2026-01-01T00:00:00Z");
    Files.writeString(file, saved.encode());
  }

  /** The output of a command that must succeed. */
  String ok(String... arguments) throws IOException, InterruptedException {
    Run run = run(arguments);
    if (run.exitCode() != 0) {
      throw new AssertionError(String.join(" ", arguments) + " returned " + run);
    }
    return run.out();
  }
}
