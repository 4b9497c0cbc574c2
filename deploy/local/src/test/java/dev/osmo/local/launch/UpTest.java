package dev.osmo.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpTest {
  @TempDir Path temp;

  private final StringWriter err = new StringWriter();

  /** With a data folder that cannot be one, so that nothing starts in any case. */
  private int exitCode(String... arguments) throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    return Up.commandLine(new PrintWriter(err, true))
        .execute(
            Stream.concat(Stream.of("--data", file.toString()), Stream.of(arguments))
                .toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"80000", "0", "-1", "http", "99999999999"})
  void what_is_no_port_is_refused_in_one_line(String port) throws IOException {
    assertThat(exitCode("--port", port)).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "osmo: Invalid value for option '--port': '"
                + port
                + "' is not a port from 1 to 65535. See: deploy/local/up --help\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a,b", "two words", "${HOME}", "-a"})
  void what_is_no_name_of_an_audience_is_refused_in_one_line(String name) throws IOException {
    assertThat(exitCode("--audience=" + name)).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "osmo: Invalid value for option '--audience' (NAME): '"
                + name
                + "' is not a name of letters, digits and the characters . _ : / -. See:"
                + " deploy/local/up --help\n");
  }

  @Test
  void an_unknown_option_is_refused_in_one_line() throws IOException {
    assertThat(exitCode("--bogus")).isEqualTo(2);
    assertThat(err).hasToString("osmo: Unknown option: '--bogus'. See: deploy/local/up --help\n");
  }
}
