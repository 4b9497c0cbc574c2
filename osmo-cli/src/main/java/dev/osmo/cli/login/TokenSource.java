package dev.osmo.cli.login;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.Environment;
import dev.osmo.cli.session.Pat;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;

/**
 * Where the token to log in with comes from. White space around it, such as the newline that {@code
 * echo} adds, is not part of it.
 */
@Singleton
class TokenSource {
  /** Far more than any token: what is longer is another file, given by mistake. */
  private static final int LARGEST = 16 * 1024;

  private final Environment environment;
  private final Terminal terminal;

  TokenSource(Environment environment, Terminal terminal) {
    this.environment = environment;
    this.terminal = terminal;
  }

  Pat given(String text) {
    return new Pat(text.strip());
  }

  /**
   * @param name a file, or {@code -} for the standard input
   */
  Pat fromFile(String name) {
    try (InputStream in =
        name.equals("-") ? terminal.in() : Files.newInputStream(environment.path(name))) {
      return given(new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8));
    } catch (NoSuchFileException absent) {
      throw failure("There is no token file " + name);
    } catch (IOException | InvalidPathException unreadable) {
      throw failure("Cannot read the token file " + name);
    }
  }

  private static Failure failure(String what) {
    return Failure.of(ExitCode.USER_ERROR, what, "Check the path and that you may read the file.");
  }
}
