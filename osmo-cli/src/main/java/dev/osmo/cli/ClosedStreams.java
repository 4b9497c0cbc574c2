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
 * Standard streams that the process was started without ({@code >&-}). Their numbers would go to
 * the next files that are opened, so that what is printed would end in the credential file or in a
 * request; something that takes nothing is put into their place.
 */
final class ClosedStreams {
  private static final int STREAMS = 3;

  /** Held, or the garbage collector would close them again. */
  private static final List<InputStream> FILLED = new ArrayList<>();

  private ClosedStreams() {}

  /** Before anything else is opened: the lowest free number is the one that is given out. */
  static void fill() {
    for (int number = 0; number < STREAMS; number++) {
      if (!Files.exists(Path.of("/dev/fd/" + number), LinkOption.NOFOLLOW_LINKS)) {
        FILLED.add(nothing());
      }
    }
  }

  /** For reading, so that a result that is written to it is known to be lost. */
  private static InputStream nothing() {
    try {
      return new FileInputStream("/dev/null");
    } catch (IOException noSuchDevice) {
      return InputStream.nullInputStream();
    }
  }
}
