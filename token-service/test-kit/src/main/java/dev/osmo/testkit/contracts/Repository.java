package dev.osmo.testkit.contracts;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that the tests run in. Maven starts each module's tests in the module's folder. */
public final class Repository {

  private static final Path ROOT = root();

  private Repository() {}

  /**
   * A file or folder of the checkout.
   *
   * @param fromRoot with slashes, from the root of the checkout
   */
  public static Path path(String fromRoot) {
    return ROOT.resolve(fromRoot);
  }

  private static Path root() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("src-docs").resolve("contracts"))) {
        return folder;
      }
    }
    throw new IllegalStateException(start + " is not inside a checkout");
  }
}
