package dev.osmo.local.postgres;

import dev.osmo.local.problem.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that are made under a draft's name first. */
final class Trees {
  private Trees() {}

  /** An empty folder beside {@code goal}; what an interrupted start left there is removed. */
  static Path freshDraft(Path goal) {
    Path draft = goal.resolveSibling(goal.getFileName() + ".new");
    try {
      remove(draft);
      return Files.createDirectory(draft);
    } catch (IOException e) {
      throw new CannotStart("The folder " + draft + " cannot be made: " + e.getMessage(), e);
    }
  }

  private static void remove(Path tree) throws IOException {
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
