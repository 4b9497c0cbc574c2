package dev.osmo.cli.tty;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether a standard stream is a terminal. Read from Linux for each stream, because the JDK only
 * knows its console, and behaves differently between versions.
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
      return device(stream).isPresent();
    } catch (IOException | UnsupportedOperationException notLinux) {
      return hasConsole();
    }
  }

  /** Whether this stream is a terminal that can overwrite a line. */
  public static boolean canMoveTheCursor(int stream) {
    return !"dumb".equals(System.getenv("TERM")) && is(stream);
  }

  /**
   * The width of the terminal of this stream. Empty for other streams and for a terminal without a
   * known width.
   */
  public static OptionalInt columns(int stream) {
    try {
      Optional<Path> device = device(stream);
      return device.isPresent() ? columns(device.get()) : OptionalInt.empty();
    } catch (IOException | UnsupportedOperationException noStty) {
      return OptionalInt.empty();
    }
  }

  /** Runs {@code stty} (POSIX), because the JDK has no API for the size of a terminal. */
  private static OptionalInt columns(Path device) throws IOException {
    Process stty =
        new ProcessBuilder("stty", "size")
            .redirectInput(device.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream out = stty.getInputStream()) {
      String response = new String(out.readNBytes(64), StandardCharsets.US_ASCII).strip();
      int columns =
          response.matches("\\d{1,4} \\d{1,4}") ? Integer.parseInt(response.split(" ", 2)[1]) : 0;
      return columns > 0 ? OptionalInt.of(columns) : OptionalInt.empty();
    }
  }

  static Optional<Path> device(int stream) throws IOException {
    Path target = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(stream)));
    return Optional.of(target)
        .filter(
            path ->
                path.startsWith("/dev/pts")
                    || path.toString().startsWith("/dev/tty")
                    || path.equals(Path.of("/dev/console")));
  }

  /** May be wrong on Java 22 to 24, which only sanitizes more output than necessary. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean hasConsole() {
    return System.console() != null;
  }
}
