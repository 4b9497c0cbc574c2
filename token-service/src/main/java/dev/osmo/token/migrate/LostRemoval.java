package dev.osmo.token.migrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was removed after the backup, from the logs or the memory of the operator.
 *
 * @param line the number of its line in the file
 * @param role the role that was removed; null if the user was disabled or deleted
 */
record LostRemoval(int line, String user, @Nullable String role) {

  /**
   * The lines {@code USER ROLE} and {@code USER} of the file, without empty ones and those that
   * begin with {@code #}.
   *
   * @param files none or one
   */
  static List<LostRemoval> readAll(List<String> files) throws MigrationRefused {
    if (files.isEmpty()) {
      return List.of();
    }
    if (files.size() > 1) {
      throw new MigrationRefused("Only one file can be given.");
    }
    String file = files.getFirst();
    try {
      return parsed(file, Files.readAllLines(Path.of(file)));
    } catch (IOException | InvalidPathException e) {
      throw new MigrationRefused("The file cannot be read: " + file);
    }
  }

  /** Warns of what may be a typing error. */
  String nothingChanged() {
    return role == null
        ? "Warning: line %d changed nothing: there is no enabled user %s.".formatted(line, user)
        : "Warning: line %d changed nothing: there is no user %s with the role %s."
            .formatted(line, user, role);
  }

  private static List<LostRemoval> parsed(String file, List<String> lines) throws MigrationRefused {
    List<LostRemoval> removals = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      String[] words = line.split("\\s+", -1);
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (words.length > 2) {
        throw new MigrationRefused(
            "Line %d of %s is neither USER ROLE nor USER.".formatted(i + 1, file));
      }
      removals.add(new LostRemoval(i + 1, words[0], words.length == 2 ? words[1] : null));
    }
    return List.copyOf(removals);
  }
}
