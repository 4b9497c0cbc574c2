package dev.osmo.local.system;

import dev.osmo.local.provider.ScriptedBrowser;
import dev.osmo.testkit.process.Finished;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Runs the commands of a page in one shell: with a temporary home, with the folder of {@code osmo}
 * first on the path, and with the address and dates of this run instead of those of the page.
 */
record PageShell(Path home, String url, String path) {
  /** Chooses this user wherever a command opens the page of the identity provider. */
  private static final String USER = "user@example.com";

  private static final LocalDate NEW_YEAR = LocalDate.of(2027, 1, 1);

  /** The dates that the tutorial tells its readers to replace. */
  private static final Pattern DATES = Pattern.compile("2026-12-31|2027-01-0[12]");

  PageShell(Path home, String url) {
    this(
        home,
        url,
        RunningStack.HOME.resolve("osmo-cli") + ":" + String.valueOf(System.getenv("PATH")));
  }

  /** For a page that puts {@code osmo} on the path itself. */
  PageShell withoutOsmo() {
    return new PageShell(home, url, String.valueOf(System.getenv("PATH")));
  }

  /** The outputs of the commands, in order. The shell stops at the first failure. */
  List<String> run(Path folder, List<PageExample> examples)
      throws IOException, InterruptedException {
    Path outputs = Files.createTempDirectory(home, "outputs");
    Path browser = outputs.resolve("browser");
    StringBuilder script = new StringBuilder("set -e -o pipefail\n");
    for (int i = 0; i < examples.size(); i++) {
      script.append(typed(examples.get(i).command()));
      script.append(" >\"$OUTPUTS/%02d\" 2>&1 </dev/null\n".formatted(i));
    }
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", script.toString());
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.startsWith("OSMO_") || key.equals("XDG_CONFIG_HOME"));
    builder.environment().put("HOME", home.toString());
    builder.environment().put("OUTPUTS", outputs.toString());
    builder.environment().put("BROWSER", ScriptedBrowser.write(browser, USER).file().toString());
    builder.environment().put("PATH", path);
    Finished shell = Finished.run(builder, Patience.LONG);
    return outputs(outputs, examples, shell.exitCode(), shell.output());
  }

  String replaced(String text) {
    String here =
        text.replace("https://osmo.example.com", url).replace("http://localhost:8080", url);
    return dated(here, LocalDate.now(ZoneOffset.UTC));
  }

  /** With dates that are never in the past instead of those of the pages. */
  static String dated(String text, LocalDate today) {
    return DATES
        .matcher(text)
        .replaceAll(
            date ->
                today
                    .plusDays(40)
                    .plusDays(ChronoUnit.DAYS.between(NEW_YEAR, LocalDate.parse(date.group())))
                    .toString());
  }

  /** In braces, so that a redirection of the command itself takes precedence. */
  private String typed(String command) {
    String newest = "$(grep -ohE 'osmo_[0-9A-Za-z]{34}' \"$OUTPUTS\"/* | head -n 1)";
    return "{ " + atTerminal(replaced(command).replace("osmo_xxxxxxxxxx", newest)) + "\n}";
  }

  /** A reader types it at a terminal. Elsewhere, it does not wait for a person. */
  private static String atTerminal(String command) {
    return command.matches("osmo login \\S+") ? PseudoTerminal.typed(command) : command;
  }

  private static List<String> outputs(
      Path folder, List<PageExample> examples, int exit, String errors) throws IOException {
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      Path output = folder.resolve("%02d".formatted(i));
      if (Files.exists(output)) {
        outputs.add(Files.readString(output).stripTrailing());
      }
    }
    if (exit != 0) {
      throw new AssertionError(
          "exit %d after '%s':\n%s\n%s"
              .formatted(
                  exit,
                  examples.get(Math.max(0, outputs.size() - 1)).command(),
                  outputs.getLast(),
                  errors));
    }
    return outputs;
  }
}
