package dev.osmo.cli;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;

/** {@code osmo sidecar run} as a process, native if this build created a binary. */
record RunningSidecar(Started started) implements AutoCloseable {
  /**
   * Starts it.
   *
   * @param home its home directory
   * @param variables beside those that every process needs
   */
  static RunningSidecar start(Path home, Map<String, String> variables, String... options) {
    return new RunningSidecar(
        Started.silently(
            home,
            environment(home, variables),
            Stream.concat(osmo().stream(), Stream.concat(Stream.of("run"), Stream.of(options)))
                .toList()));
  }

  /** Another sidecar command, up to its exit. */
  static CommandResult run(Path home, String... words) {
    return run(home, Map.of(), words);
  }

  static CommandResult run(Path home, Map<String, String> variables, String... words) {
    return Started.silently(
            home,
            environment(home, variables),
            Stream.concat(osmo().stream(), Stream.of(words)).toList())
        .finish();
  }

  private static List<String> osmo() {
    return List.of(Path.of("osmo").toAbsolutePath().toString(), "sidecar");
  }

  private static Map<String, String> environment(Path home, Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", home.toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    return environment;
  }

  static ConditionFactory eventually() {
    return await().atMost(Duration.ofMinutes(15)).pollInterval(Duration.ofMillis(20));
  }

  Process process() {
    return started.process();
  }

  String err() {
    try {
      return Files.readString(started.err());
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /** The port that it reports to listen on. */
  int port(String what) {
    Pattern message = Pattern.compile(what + " on [^ ]*:(\\d+)\\.");
    eventually().until(() -> message.matcher(err()).find() || !process().isAlive());
    return message
        .matcher(err())
        .results()
        .findFirst()
        .map(found -> Integer.parseInt(found.group(1)))
        .orElseThrow(() -> new AssertionError(err()));
  }

  CommandResult endAfter(String signal) throws Exception {
    SystemProgram.run("kill", "-" + signal, Long.toString(process().pid()));
    return started.finish();
  }

  @Override
  public void close() throws InterruptedException {
    process().destroy();
    if (!process().waitFor(10, TimeUnit.MINUTES)) {
      process().destroyForcibly();
    }
  }
}
