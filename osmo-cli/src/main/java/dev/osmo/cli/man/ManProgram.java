package dev.osmo.cli.man;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;

/** The {@code man} of this machine, which knows how to page. */
final class ManProgram {
  private ManProgram() {}

  /** False when there is none, or it cannot show the page. */
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
