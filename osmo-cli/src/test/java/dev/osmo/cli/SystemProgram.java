package dev.osmo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the machine that a test needs for a moment, such as {@code kill}. */
final class SystemProgram {
  private SystemProgram() {}

  /** Its exit code. */
  static int run(String... command) throws IOException, InterruptedException {
    return exitOf(new ProcessBuilder(List.of(command)).inheritIO().start());
  }

  /** The exit code of a process that exits in time. */
  static int exitOf(Process process) throws InterruptedException {
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("exits: %s", process.info()).isTrue();
    return process.exitValue();
  }
}
