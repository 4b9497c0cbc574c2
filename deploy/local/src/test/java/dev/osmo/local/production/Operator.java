package dev.osmo.local.production;

import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.process.Finished;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Types the commands of the pages into a shell, in a folder that looks like the checkout.
 *
 * @param folder everything that the commands write is below it
 * @param names of the pages and those of this run, in the order in which they are replaced
 */
record Operator(Path folder, Map<String, String> names) {

  /** A text of a page with the names of this run. */
  String renamed(String text) {
    String renamed = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      renamed = renamed.replace(name.getKey(), name.getValue());
    }
    return renamed;
  }

  /** The output of commands that must succeed. */
  String type(String commands) {
    Finished result = attempt(commands);
    if (result.exitCode() != 0) {
      throw new AssertionError(commands + "\n" + result.output());
    }
    return result.output();
  }

  Finished attempt(String commands) {
    try {
      return Finished.run(shell(commands).redirectErrorStream(true), Patience.LONG);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Starts commands that end only when they are stopped. */
  Running start(String name, String commands) {
    try {
      Path log = folder.resolve(name + ".log");
      Process process =
          shell(commands)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new Running(process, log);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A process of the operator. */
  record Running(Process process, Path log) {

    /** Waits until a command succeeds, and fails if the process exits before. */
    Running awaitReady(Operator operator, String check) {
      try {
        await()
            .atMost(Patience.LONG)
            .until(() -> !process.isAlive() || operator.attempt(check).exitCode() == 0);
      } catch (ConditionTimeoutException late) {
        kill();
        throw late;
      }
      if (!process.isAlive()) {
        throw new AssertionError("exited: " + output());
      }
      return this;
    }

    int awaitExit() {
      await().atMost(Patience.LONG).until(() -> !process.isAlive());
      return process.exitValue();
    }

    void stop() {
      process.destroy();
      awaitExit();
    }

    /** Ends it at once, also what it has started. */
    void kill() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      awaitExit();
    }

    String output() {
      try {
        return Files.readString(log);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private ProcessBuilder shell(String commands) {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", "set -eu -o pipefail\n" + renamed(commands))
            .directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(key -> key.startsWith("OSMO_") || key.startsWith("PG"));
    environment.put("HOME", folder.toString());
    environment.put("OSMO_CONFIG_FILE_DIR", folder.resolve("osmo-config").toString());
    // A start is quicker so, and the speed of the code does not matter here.
    environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.merge(
        "PATH",
        System.getProperty("java.home") + "/bin:" + OperatorPage.HOME.resolve("osmo-cli"),
        (path, first) -> first + ":" + path);
    return builder;
  }
}
