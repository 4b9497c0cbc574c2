package dev.osmo.local.postgres;

import dev.osmo.local.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder under a temporary name, for content that is not complete. */
final class DraftFolder {
  private DraftFolder() {}

  /** A new empty folder beside {@code goal}. Deletes what an interrupted start left there. */
  static Path create(Path goal) {
    Path draft = goal.resolveSibling(goal.getFileName() + ".new");
    try {
      delete(draft);
      return Files.createDirectory(draft);
    } catch (IOException e) {
      throw new CannotStart("Cannot create the folder " + draft + ": " + e.getMessage(), e);
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(tree)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
