package dev.osmo.images;

import java.nio.file.Path;

/**
 * What the images are built on.
 *
 * @param reference as Jib reads it: {@code scratch}, {@code registry://…}, or {@code tar://…} for a
 *     file in Docker's format
 */
record Base(String reference) {
  static final Base SCRATCH = new Base("scratch");
  private static final String FILE = "tar://";

  /** A relative file is in the checkout, wherever the build runs. */
  static Base of(String setting, Path checkout) {
    return new Base(
        setting.startsWith(FILE)
            ? FILE + checkout.resolve(setting.substring(FILE.length()))
            : setting);
  }

  /** Any other base has a C library of its own. */
  boolean isScratch() {
    return equals(SCRATCH);
  }

  boolean isOffline() {
    return isScratch() || reference.startsWith(FILE);
  }
}
