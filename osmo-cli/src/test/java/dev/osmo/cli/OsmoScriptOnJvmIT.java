package dev.osmo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The same, where there is no native binary to pick: a checkout that holds the jar alone. */
class OsmoScriptOnJvmIT extends OsmoScriptIT {
  @Override
  Path script() throws IOException {
    Path module = home.resolve("jar-only/osmo-cli");
    Path copy = module.resolve("osmo");
    if (Files.notExists(copy)) {
      Path real = SCRIPT.getParent();
      Files.createDirectories(module.resolve("target"));
      link(real.resolve("target/quarkus-app"), module.resolve("target/quarkus-app"));
      link(real.resolveSibling(".mvn"), module.resolveSibling(".mvn"));
      Files.copy(SCRIPT, copy);
    }
    return copy;
  }

  private static void link(Path real, Path link) throws IOException {
    Files.createSymbolicLink(link, real);
  }
}
