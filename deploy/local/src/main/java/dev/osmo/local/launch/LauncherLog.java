package dev.osmo.local.launch;

import dev.osmo.local.CannotStart;
import dev.osmo.local.folder.DataFolder;
import java.io.IOException;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Writes the log of libraries to {@code logs/launcher.log}, because the terminal shows the
 * progress.
 */
final class LauncherLog {
  private LauncherLog() {}

  static void writeTo(DataFolder folder) {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    try {
      FileHandler file =
          new FileHandler(folder.log("launcher").toString().replace("%", "%%"), 1 << 20, 1, true);
      file.setFormatter(new SimpleFormatter());
      file.setLevel(Level.INFO);
      root.addHandler(file);
    } catch (IOException e) {
      throw new CannotStart("Cannot write the log " + folder.log("launcher") + ".", e);
    }
  }
}
