package dev.osmo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process with its streams in files, so that output never blocks it. */
record Started(Process process, Path out, Path err) {

  static Started silently(Path home, Map<String, String> environment, List<String> command) {
    return typing("", home, environment, command);
  }

  /**
   * @param home the home directory; the files of the streams are beside it
   * @param environment the complete environment
   */
  static Started typing(
      String input, Path home, Map<String, String> environment, List<String> command) {
    try {
      Path streams = Files.createTempDirectory(home.resolveSibling("."), "streams");
      Path in = Files.writeString(streams.resolve("in"), input);
      Path out = streams.resolve("out");
      Path err = streams.resolve("err");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectInput(in.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      return new Started(builder.start(), out, err);
    } catch (IOException unstartable) {
      throw new UncheckedIOException(unstartable);
    }
  }

  CommandResult finish() {
    try {
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
      return new CommandResult(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
