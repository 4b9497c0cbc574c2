package dev.osmo.token.roles.catalogue;

import dev.osmo.token.input.WrittenText;
import org.jspecify.annotations.Nullable;

/** What a role is for, in up to 512 code points. */
record RoleDescription(String text) {

  private static final int MAX = 512;

  RoleDescription {
    text = WrittenText.demand("A role's description", text, MAX);
  }

  static RoleDescription of(@Nullable String text) {
    return new RoleDescription(text == null ? "" : text);
  }
}
