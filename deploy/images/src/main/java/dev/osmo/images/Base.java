package dev.osmo.images;

/**
 * What the images are built on.
 *
 * @param reference as Jib reads it: {@code scratch}, {@code registry://…}, or {@code tar://…} for a
 *     file in Docker's format
 */
record Base(String reference) {
  static final Base SCRATCH = new Base("scratch");

  /** Any other base has a C library of its own. */
  boolean isScratch() {
    return equals(SCRATCH);
  }

  boolean isOffline() {
    return isScratch() || reference.startsWith("tar://");
  }
}
