package dev.osmo.local.postgres;

import java.io.IOException;
import java.nio.file.Path;

/** Stops a server with {@code pg_ctl}: Java cannot send the signal for a fast shutdown. */
final class PgCtl {
  private PgCtl() {}

  /**
   * Disconnects all clients and stops without data loss. If that fails, the caller kills the
   * process.
   */
  static void stopFast(Binaries binaries, Path cluster) {
    ProcessBuilder command =
        new ProcessBuilder(
            AsOrdinaryUser.command(
                binaries.program("pg_ctl"),
                "stop",
                "-D",
                cluster.toString(),
                "-m",
                "fast",
                "-w",
                "-t",
                "30"));
    command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      command.start().waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("pg_ctl is part of the binaries", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
