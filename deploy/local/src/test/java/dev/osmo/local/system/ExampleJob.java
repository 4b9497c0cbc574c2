package dev.osmo.local.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands of a Job in {@code deploy/k8s/examples}.
 *
 * @param program of the main container
 * @param sidecar the arguments of {@code osmo}
 */
record ExampleJob(List<String> program, List<String> sidecar) {
  private static final Pattern SCRIPT = Pattern.compile("- \\|\n((?: {14}.*\n)+)");
  private static final Pattern ARGUMENTS = Pattern.compile("args:\n((?: {12}- .*\n)+)");

  /** The one whose sidecar is an ordinary container, with another port and another API. */
  static ExampleJob shutdown(int port, String api) throws IOException {
    Path file = RunningStack.HOME.resolve("deploy/k8s/examples/shutdown/job.yaml");
    String text =
        Files.readString(file)
            .replace("127.0.0.1:8085", "127.0.0.1:" + port)
            .replace("https://api.example.com/status", api + "/api/workflow");
    List<String> arguments =
        found(ARGUMENTS, text).lines().map(line -> line.strip().substring("- ".length())).toList();
    return new ExampleJob(List.of("/bin/sh", "-c", found(SCRIPT, text).stripIndent()), arguments);
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("the example has another form than " + pattern);
    }
    return matcher.group(1);
  }
}
