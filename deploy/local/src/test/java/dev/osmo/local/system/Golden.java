package dev.osmo.local.system;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/** The golden outputs, shared with the tests of {@code osmo-cli}. */
final class Golden {
  private Golden() {}

  static String output(String name, Map<String, String> values) throws IOException {
    String text =
        Files.readString(RunningStack.HOME.resolve("src-docs/contracts/cli/" + name + ".txt"));
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("{" + value.getKey() + "}", value.getValue());
    }
    return text;
  }

  static String output(String name) throws IOException {
    return output(name, Map.of());
  }
}
