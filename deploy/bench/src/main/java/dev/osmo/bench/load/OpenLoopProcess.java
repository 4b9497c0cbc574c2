package dev.osmo.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.bench.cpu.Processor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Runs {@link OpenLoop} in a process of its own.
 *
 * @param folder for the requests
 * @param command changes the command that is run
 */
public record OpenLoopProcess(Path folder, UnaryOperator<List<String>> command) {

  /** On any processor. */
  public OpenLoopProcess(Path folder) {
    this(folder, UnaryOperator.identity());
  }

  /** On this processor only. */
  public OpenLoopProcess(Path folder, Processor processor) {
    this(folder, processor::runs);
  }

  /** Sends the workload at a fixed rate for some seconds. */
  public OpenLoopResult run(Workload workload, int port, int rate, int seconds) {
    try {
      Process process =
          new ProcessBuilder(
                  command.apply(
                      List.of(
                          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                          "--enable-native-access=ALL-UNNAMED",
                          "-cp",
                          System.getProperty("java.class.path"),
                          OpenLoop.class.getName(),
                          Integer.toString(port),
                          Integer.toString(rate),
                          Integer.toString(seconds),
                          workload.writeTo(folder).toString())))
              .redirectError(Redirect.INHERIT)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("the load at a fixed rate failed: " + output);
      }
      return new ObjectMapper().readValue(output, OpenLoopResult.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
