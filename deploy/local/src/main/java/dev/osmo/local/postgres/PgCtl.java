package dev.osmo.local.postgres;

import java.io.IOException;
import java.nio.file.Path;

/** PostgreSQL's own way to stop a server: Java cannot send the signal that means "fast". */
final class PgCtl {
  private PgCtl() {}

  /**
   * Disconnects everybody and stops without losing anything. When that fails, the caller kills the
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
      throw new IllegalStateException("pg_ctl lies beside postgres", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
