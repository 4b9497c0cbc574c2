package dev.osmo.cli.tty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a line without echo.
 *
 * <ol>
 *   <li>Opening turns echo off. Open it before the prompt, because the user may type ahead.
 *   <li>Closing restores the settings of the terminal, also after Ctrl-C, which is read as a
 *       character.
 *   <li>If echo cannot be turned off, opening fails.
 * </ol>
 */
public final class HiddenInput implements AutoCloseable {
  private static final int CTRL_C = 3;
  private static final int CTRL_D = 4;
  private static final int BACKSPACE = 8;
  private static final int DELETE = 127;

  /** Longer than any secret. */
  private static final int LONGEST = 16 * 1024;

  private final Path terminal;
  private final String savedSettings;

  private HiddenInput(Path terminal, String savedSettings) {
    this.terminal = terminal;
    this.savedSettings = savedSettings;
  }

  /** Empty if the stream is not a terminal. */
  public static Optional<HiddenInput> at(int stream) {
    try {
      Optional<Path> device = StandardStream.device(stream);
      return device.isPresent() ? Optional.of(open(device.get())) : Optional.empty();
    } catch (IOException | UnsupportedOperationException noStty) {
      return Optional.empty();
    }
  }

  private static HiddenInput open(Path terminal) throws IOException {
    HiddenInput opened = new HiddenInput(terminal, stty(terminal, "-g").strip());
    stty(terminal, "-echo", "-icanon", "-isig", "min", "1");
    return opened;
  }

  /** Reads the next line; empty if the user cancels. */
  public Optional<String> line(InputStream in) {
    try {
      return typed(in);
    } catch (IOException closed) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    try {
      stty(terminal, savedSettings);
    } catch (IOException closed) {
      // The terminal was closed.
    }
  }

  private static Optional<String> typed(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (line.size() < LONGEST) {
      int key = in.read();
      switch (key) {
        case -1, CTRL_C, CTRL_D -> {
          return Optional.empty();
        }
        case '\r', '\n' -> {
          return Optional.of(line.toString(StandardCharsets.UTF_8));
        }
        case BACKSPACE, DELETE -> deleteLastByte(line);
        default -> line.write(key);
      }
    }
    return Optional.empty();
  }

  private static void deleteLastByte(ByteArrayOutputStream line) {
    byte[] before = line.toByteArray();
    line.reset();
    line.write(before, 0, Math.max(0, before.length - 1));
  }

  /** Runs {@code stty} (POSIX), which changes the terminal at its standard input. */
  private static String stty(Path terminal, String... words) throws IOException {
    Process stty =
        new ProcessBuilder(Stream.concat(Stream.of("stty"), Stream.of(words)).toList())
            .redirectInput(terminal.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream out = stty.getInputStream()) {
      String output = new String(out.readNBytes(1024), StandardCharsets.US_ASCII);
      if (stty.waitFor() != 0) {
        throw new IOException("stty failed");
      }
      return output;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }
}
