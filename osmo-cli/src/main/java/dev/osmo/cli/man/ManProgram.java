package dev.osmo.cli.man;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;

/** This machine's {@code man} program, which pages its output. */
final class ManProgram {
  private ManProgram() {}

  /** False if there is no such program or it fails. */
  static boolean shows(String page) {
    try {
      Process man =
          new ProcessBuilder("man", "-l", "-")
              .redirectOutput(Redirect.INHERIT)
              .redirectError(Redirect.INHERIT)
              .start();
      try (Writer in = man.outputWriter()) {
        in.write(page);
      }
      return man.waitFor() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Interrupted", "");
    }
  }
}
