package dev.osmo.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a person sits behind a standard stream. The JDK answers this for its own console only,
 * and differently from version to version; Linux says it of each stream.
 */
public final class Tty {
  private Tty() {}

  /**
   * Whether this stream of the process is a terminal.
   *
   * @param stream 0, 1 or 2
   */
  public static boolean is(int stream) {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(stream)));
      return target.startsWith("/dev/pts")
          || target.toString().startsWith("/dev/tty")
          || target.equals(Path.of("/dev/console"));
    } catch (IOException | UnsupportedOperationException notLinux) {
      return hasConsole();
    }
  }

  /** Too often yes on Java 22 to 24, which costs no more than a cleaned text. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean hasConsole() {
    return System.console() != null;
  }
}
