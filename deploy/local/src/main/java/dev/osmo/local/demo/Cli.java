package dev.osmo.local.demo;

import dev.osmo.local.CannotStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The real {@code osmo} command.
 *
 * @param script the script that starts it
 * @param workingFolder the folder in which it runs
 * @param config the folder that contains its session
 * @param browser the program that opens the page of a sign-in
 */
record Cli(Path script, Path workingFolder, Path config, Path browser) {

  /** The exit code of a command and everything that it printed. */
  record Run(int exitCode, String output) {}

  Run run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(workingFolder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(key -> key.startsWith("OSMO_"));
    builder.environment().put("OSMO_CONFIG_FILE_DIR", config.toString());
    builder.environment().put("BROWSER", browser.toString());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Run(process.waitFor(), output);
    } catch (IOException e) {
      throw new CannotStart("Cannot start the command " + script + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStart("Interrupted during the demo.", e);
    }
  }

  /** The command line as a user would type it. */
  static String typed(String... arguments) {
    return Arrays.stream(arguments).map(Cli::quoted).collect(Collectors.joining(" ", "osmo ", ""));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9@%+=:,./_~-]+")
        ? word
        : "\"" + word.replaceAll("([\"\\\\$`])", "\\\\$1") + "\"";
  }
}
