package dev.osmo.token.users;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whose decision keeps a user disabled. Each side can withdraw its own. */
@Schema(enumeration = {"administrator", "directory"})
enum DisabledBy {
  ADMINISTRATOR,
  DIRECTORY;

  @JsonValue
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Nobody, if the user is enabled.
   *
   * @param byDirectoryOnly the decision of the directory is the only one
   * @param inDirectory the directory has decided, perhaps as well
   */
  static List<DisabledBy> of(boolean disabled, boolean byDirectoryOnly, boolean inDirectory) {
    List<DisabledBy> sides = new ArrayList<>();
    if (disabled && !byDirectoryOnly) {
      sides.add(ADMINISTRATOR);
    }
    if (disabled && inDirectory) {
      sides.add(DIRECTORY);
    }
    return sides;
  }
}
