package dev.osmo.testkit.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A program that has exited.
 *
 * @param output its standard output, and its standard error unless that was redirected
 */
public record Finished(int exitCode, String output) {

  /**
   * Runs a program without input. A program that takes longer than the limit is killed with what it
   * started, and the test fails. A program that stays in the background does not delay the result.
   *
   * @param program its standard output is redirected
   */
  public static Finished run(ProcessBuilder program, Duration limit)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("finished", ".out");
    try {
      Process process = program.redirectOutput(output.toFile()).start();
      process.getOutputStream().close();
      if (!exited(process, limit)) {
        throw new AssertionError(
            "%s did not exit within %s:%n%s"
                .formatted(program.command(), limit, Files.readString(output)));
      }
      return new Finished(process.exitValue(), Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }

  private static boolean exited(Process process, Duration limit) throws InterruptedException {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      if (process.isAlive()) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }
}
