package dev.osmo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A checkout with the jar of this build but without a native binary. */
final class JarOnlyCheckout {
  private static final Path SCRIPT = Path.of("osmo").toAbsolutePath();

  private JarOnlyCheckout() {}

  /** Returns its script; creates it on the first call for a directory. */
  static Path in(Path folder) throws IOException {
    Path module = folder.resolve("jar-only/osmo-cli");
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
