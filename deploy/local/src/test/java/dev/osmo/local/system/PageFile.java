package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * A program for the variable {@code BROWSER} that writes the address of the page to a file. The
 * test then opens the page.
 */
record PageFile(Path script, Path page) {
  static PageFile in(Path folder, String name) throws IOException {
    Path page = folder.resolve(name + ".page");
    Path script = folder.resolve(name + ".browser");
    Files.writeString(script, "#!/bin/sh\nprintf '%s\\n' \"$1\" > '" + page + "'\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return new PageFile(script, page);
  }

  Map<String, String> variables() {
    return Map.of("BROWSER", script.toString());
  }

  /** The page that the command opened; waits for it. */
  URI await() throws IOException {
    Awaitility.await()
        .atMost(Patience.LONG)
        .until(() -> Files.exists(page) && Files.readString(page).endsWith("\n"));
    return URI.create(Files.readString(page).strip());
  }
}
