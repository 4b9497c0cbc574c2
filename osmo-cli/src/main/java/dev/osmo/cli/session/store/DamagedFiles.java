package dev.osmo.cli.session.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Damaged credential files, kept beside the place of the present one: each may hold the only copy
 * of a token, so none replaces another. Callers that change them hold the {@link LoginLock}.
 */
record DamagedFiles(Path present) {
  private static final int MOST = 9;

  /** Moves the present file among them, and tells where it is now. */
  Path add() {
    Path place =
        places()
            .filter(candidate -> !exists(candidate))
            .findFirst()
            .orElseThrow(() -> UnusableFile.damagedTooOften(present));
    try {
      return Files.move(present, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      throw UnusableFile.because("Cannot write " + place, unwritable);
    }
  }

  List<Path> all() {
    return places().filter(DamagedFiles::exists).toList();
  }

  private Stream<Path> places() {
    return IntStream.rangeClosed(1, MOST)
        .mapToObj(i -> "credentials.damaged" + (i == 1 ? "" : "-" + i) + ".json")
        .map(present::resolveSibling);
  }

  private static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }
}
