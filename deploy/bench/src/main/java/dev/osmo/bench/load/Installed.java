package dev.osmo.bench.load;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** Whether a program is there. */
public final class Installed {

  private Installed() {}

  /** Whether the command starts. It is not awaited. */
  public static boolean is(String... command) {
    try {
      new ProcessBuilder(command)
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start()
          .destroy();
      return true;
    } catch (IOException missing) {
      return false;
    }
  }
}
