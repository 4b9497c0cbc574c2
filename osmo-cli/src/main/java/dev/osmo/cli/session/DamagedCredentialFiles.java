package dev.osmo.cli.session;

import dev.osmo.cli.files.OwnerOnlyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Damaged credential files, kept beside the current one. Each may have the only copy of a token, so
 * none replaces another. Callers that change them hold the {@link CredentialLock}.
 */
record DamagedCredentialFiles(Path current) {
  private static final int MOST = 9;

  /** Renames the current file to one of them, and returns its new path. */
  Path add() {
    Path path =
        paths()
            .filter(candidate -> !exists(candidate))
            .findFirst()
            .orElseThrow(() -> CredentialFileFailure.damagedTooOften(current));
    try {
      return OwnerOnlyFile.rename(current, path);
    } catch (IOException unwritable) {
      throw CredentialFileFailure.because("Cannot write " + path, unwritable);
    }
  }

  List<Path> all() {
    return paths().filter(DamagedCredentialFiles::exists).toList();
  }

  private Stream<Path> paths() {
    return IntStream.rangeClosed(1, MOST)
        .mapToObj(i -> "credentials.damaged" + (i == 1 ? "" : "-" + i) + ".json")
        .map(current::resolveSibling);
  }

  private static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }
}
