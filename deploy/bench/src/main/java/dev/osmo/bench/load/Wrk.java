package dev.osmo.bench.load;

import dev.osmo.bench.cpu.Processor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Runs {@code wrk}: a closed loop over the requests of a workload. */
public final class Wrk {

  private static final String SCRIPT = "load.lua";

  private final Path folder;
  private final UnaryOperator<List<String>> command;

  /**
   * @param folder for the script and the requests
   */
  public Wrk(Path folder) {
    this(folder, UnaryOperator.identity());
  }

  /**
   * @param processor runs the load generator
   */
  public Wrk(Path folder, Processor processor) {
    this(folder, processor::runs);
  }

  private Wrk(Path folder, UnaryOperator<List<String>> command) {
    this.folder = folder;
    this.command = command;
    try (InputStream script = Wrk.class.getResourceAsStream(SCRIPT)) {
      if (script == null) {
        throw new IllegalStateException("the jar has no " + SCRIPT);
      }
      Files.write(folder.resolve(SCRIPT), script.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static boolean isInstalled() {
    return Installed.is("wrk", "-v");
  }

  /**
   * Sends the workload for some seconds.
   *
   * @throws IllegalStateException if a response was not of the expected kind
   */
  public LoadResult run(Workload workload, int port, int connections, int seconds) {
    try {
      Path requests = workload.writeTo(folder);
      ProcessBuilder wrk =
          new ProcessBuilder(
                  command.apply(
                      List.of(
                          "wrk",
                          "-t" + Math.min(connections, 2),
                          "-c" + connections,
                          "-d" + seconds + "s",
                          "--timeout",
                          "30s",
                          "-s",
                          folder.resolve(SCRIPT).toString(),
                          "http://127.0.0.1:" + port)))
              .redirectErrorStream(true);
      wrk.environment().put("OSMO_BENCH_REQUESTS", requests.toString());
      Process process = wrk.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("wrk failed: " + output);
      }
      return checked(workload, LoadResult.parse(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static LoadResult checked(Workload workload, LoadResult result) {
    long unexpected =
        workload.succeeds() ? result.statusErrors() : result.requests() - result.statusErrors();
    if (unexpected + result.socketErrors() > 0) {
      throw new IllegalStateException(
          "%s: %d unexpected responses and %d broken connections among %d requests"
              .formatted(workload.name(), unexpected, result.socketErrors(), result.requests()));
    }
    return result;
  }

  /** What a user types to get the load generator. */
  public static List<String> installation() {
    return List.of("apt-get", "install", "wrk");
  }
}
