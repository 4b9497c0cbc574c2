package dev.osmo.cli.api;

import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;

/** {@code --data}: the text itself, {@code @file}, or {@code @-} for standard input. */
@Singleton
class RequestData {
  private static final int LARGEST = 16 * 1024 * 1024;

  private final Environment environment;
  private final Terminal terminal;

  RequestData(Environment environment, Terminal terminal) {
    this.environment = environment;
    this.terminal = terminal;
  }

  byte[] read(String data) {
    return data.startsWith("@")
        ? contents(data.substring(1))
        : data.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] contents(String file) {
    try (InputStream in =
        file.equals("-") ? terminal.in() : Files.newInputStream(environment.path(file))) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw refused(file, "is larger than 16 MiB");
      }
      return bytes;
    } catch (IOException | InvalidPathException unreadable) {
      throw refused(file, "cannot be read");
    }
  }

  private static Failure refused(String file, String why) {
    return Failure.of(ExitCode.USER_ERROR, "The data file " + file + " " + why, "Check the path.");
  }
}
