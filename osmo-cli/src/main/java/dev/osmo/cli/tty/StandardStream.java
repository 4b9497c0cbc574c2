package dev.osmo.cli.tty;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Detects whether a standard stream of the process is a terminal or a pipe. Linux reports this for
 * each stream. The JDK reports only its console, and behaves differently between versions. A stream
 * is 0, 1 or 2.
 */
public final class StandardStream {
  private StandardStream() {}

  /** Whether this stream is a terminal. */
  public static boolean isTerminal(int stream) {
    try {
      return device(stream).isPresent();
    } catch (IOException | UnsupportedOperationException notLinux) {
      return hasConsole();
    }
  }

  /**
   * Whether this stream is a pipe or a socket to another program, which may exit before it has read
   * everything. False if unknown, so that lost output is reported.
   */
  public static boolean isPipe(int stream) {
    try {
      return target(stream).toString().matches("(pipe|socket):.*");
    } catch (IOException | UnsupportedOperationException notLinux) {
      return false;
    }
  }

  /** Whether both streams go to the same place. False if unknown. */
  public static boolean isSame(int stream, int other) {
    try {
      return target(stream).equals(target(other));
    } catch (IOException | UnsupportedOperationException notLinux) {
      return false;
    }
  }

  /** Whether this stream is a terminal that can overwrite a line. */
  public static boolean supportsCursorMovement(int stream) {
    return !"dumb".equals(System.getenv("TERM")) && isTerminal(stream);
  }

  /**
   * The width of the terminal of this stream. Empty if the stream is not a terminal or the width is
   * unknown.
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
    return Optional.of(target(stream))
        .filter(
            path ->
                path.startsWith("/dev/pts")
                    || path.toString().startsWith("/dev/tty")
                    || path.equals(Path.of("/dev/console")));
  }

  private static Path target(int stream) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(stream)));
  }

  /** May be wrong on Java 22 to 24, which only sanitizes more output than necessary. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean hasConsole() {
    return System.console() != null;
  }
}
