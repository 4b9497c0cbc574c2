package dev.osmo.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces standard streams that were closed when the process started ({@code >&-}). Otherwise the
 * next opened file or connection would get their descriptor, and output would be written to it.
 */
final class ClosedStreams {
  private static final int STREAMS = 3;

  /** Referenced, so that the garbage collector does not close them. */
  private static final List<InputStream> FILLED = new ArrayList<>();

  private ClosedStreams() {}

  /** Must run before anything else is opened, because the lowest free descriptor is used. */
  static void fill() {
    for (int number = 0; number < STREAMS; number++) {
      if (!Files.exists(Path.of("/dev/fd/" + number), LinkOption.NOFOLLOW_LINKS)) {
        FILLED.add(readOnlyNull());
      }
    }
  }

  /** Opened for reading, so that writing to it fails and the lost output is reported. */
  private static InputStream readOnlyNull() {
    try {
      return new FileInputStream("/dev/null");
    } catch (IOException noDevice) {
      return InputStream.nullInputStream();
    }
  }
}
