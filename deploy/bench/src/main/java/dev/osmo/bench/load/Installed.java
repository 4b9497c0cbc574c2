package dev.osmo.bench.load;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** Whether a program is there. */
final class Installed {

  private Installed() {}

  /** Whether the command starts; its exit code does not matter. */
  static boolean is(String... command) {
    try {
      new ProcessBuilder(command)
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start()
          .waitFor();
      return true;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
