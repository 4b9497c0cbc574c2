package dev.osmo.bench.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The native binary of the command line program, as its build leaves it. */
record NativeProgram(Path binary) {

  private static final Path BUILT = Path.of("osmo-cli", "target");
  private static final String NAMES = "osmo-cli-*-runner";

  /** Empty if it was not built. */
  static Optional<NativeProgram> built() {
    if (!Files.isDirectory(BUILT)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(BUILT, NAMES)) {
      for (Path binary : found) {
        return Optional.of(new NativeProgram(binary.toAbsolutePath()));
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command that runs it with these arguments. */
  List<String> command(List<String> arguments) {
    return Stream.concat(Stream.of(binary.toString()), arguments.stream()).toList();
  }

  /**
   * Runs a command without output.
   *
   * @param environment all of it
   * @return milliseconds from its start to its exit
   * @throws IllegalStateException if it fails
   */
  static double run(List<String> command, Map<String, String> environment, Path errors)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    int code = builder.start().waitFor();
    double millis = (System.nanoTime() - start) / 1e6;
    if (code != 0) {
      throw new IllegalStateException(
          String.join(" ", command) + " failed: " + Files.readString(errors));
    }
    return millis;
  }
}
