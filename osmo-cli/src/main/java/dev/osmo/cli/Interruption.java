package dev.osmo.cli;

import dev.osmo.cli.output.ExitCode;

/**
 * Gives Ctrl-C its own exit code while a command runs. A shutdown that begins before the command
 * has ended was asked for from outside; the JVM would otherwise answer with 128 + the signal's
 * number.
 */
final class Interruption implements AutoCloseable {
  private final Thread hook =
      new Thread(() -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number()));

  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // The hook is about to end the process.
    }
  }
}
