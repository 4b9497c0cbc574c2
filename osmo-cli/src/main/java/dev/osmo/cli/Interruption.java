package dev.osmo.cli;

import dev.osmo.cli.environment.InterruptCleanup;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.tty.Spinner;

/**
 * Gives an interrupt its own exit code while a command runs, and cleans up. Otherwise the JVM would
 * exit with 128 + the signal's number; for a command that only a signal ends, the code is 0. While
 * {@code osmo run} runs a program, no signal shuts osmo down, because the program receives it
 * instead.
 */
final class Interruption implements AutoCloseable {
  private final InterruptCleanup cleanup;
  private final Thread hook = new Thread(this::halt);

  Interruption(InterruptCleanup cleanup) {
    this.cleanup = cleanup;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void halt() {
    cleanup.run();
    Spinner.eraseAll();
    Runtime.getRuntime().halt(code().number());
  }

  private ExitCode code() {
    return cleanup.isExpected() ? ExitCode.OK : ExitCode.INTERRUPTED;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // The hook will stop the process.
    }
  }
}
