package dev.osmo.local.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real {@code osmo-cli/osmo}, with a configuration folder of its own. */
record OsmoCommand(Path config) {
  record Run(int exitCode, String out, String err) {}

  Run run(String... arguments) throws IOException, InterruptedException {
    return run(Map.of(), arguments);
  }

  /** With these environment variables. */
  Run run(Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(RunningStack.HOME.resolve("osmo-cli/osmo").toString()));
    command.addAll(List.of(arguments));
    Path err = standardError();
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.startsWith("OSMO_") || key.equals("BROWSER"));
    builder.environment().put("OSMO_CONFIG_FILE_DIR", config.toString());
    builder.environment().putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), out, java.nio.file.Files.readString(err));
  }

  /** The file with the standard error of the last command. */
  Path standardError() {
    return config.resolveSibling(config.getFileName() + ".stderr");
  }

  /** The output of a command that must succeed. */
  String ok(String... arguments) throws IOException, InterruptedException {
    Run run = run(arguments);
    if (run.exitCode() != 0) {
      throw new AssertionError(String.join(" ", arguments) + " returned " + run);
    }
    return run.out();
  }
}
