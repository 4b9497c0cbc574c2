package dev.osmo.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.bench.cpu.Processor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs {@link OpenLoop} in a process of its own.
 *
 * @param folder for the requests
 * @param processor runs the process
 */
public record OpenLoopProcess(Path folder, Processor processor) {

  /** Sends the workload at a fixed rate for some seconds. */
  public OpenLoopResult run(Workload workload, int port, int rate, int seconds) {
    try {
      Process process =
          new ProcessBuilder(
                  processor.runs(
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
