package dev.osmo.local.system;

import dev.osmo.local.provider.ScriptedBrowser;
import dev.osmo.testkit.process.Finished;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the commands of a page in one shell: with a temporary home, with {@code osmo} on the path,
 * and with the address and dates of this run instead of those of the page.
 */
record PageShell(Path home, String url) {
  /** Chooses this user wherever a command opens the page of the identity provider. */
  private static final String USER = "user@example.com";

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
    builder
        .environment()
        .merge(
            "PATH",
            RunningStack.HOME.resolve("osmo-cli").toString(),
            (path, cli) -> cli + ":" + path);
    Finished shell = Finished.run(builder, Patience.LONG);
    return outputs(outputs, examples, shell.exitCode(), shell.output());
  }

  String replaced(String text) {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    return text.replace("https://osmo.example.com", url)
        .replace("http://localhost:8080", url)
        .replace("2027-01-02", today.plusDays(41).toString())
        .replace("2027-01-01", today.plusDays(40).toString())
        .replace("2026-12-31", today.plusDays(39).toString());
  }

  /** In braces, so that a redirection of the command itself takes precedence. */
  private String typed(String command) {
    String newest = "$(grep -ohE 'osmo_[0-9A-Za-z]{34}' \"$OUTPUTS\"/* | head -n 1)";
    return "{ " + replaced(command).replace("osmo_xxxxxxxxxx", newest) + "\n}";
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
