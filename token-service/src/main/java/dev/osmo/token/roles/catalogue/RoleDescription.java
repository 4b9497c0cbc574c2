package dev.osmo.token.roles.catalogue;

import dev.osmo.token.input.TextInput;
import org.jspecify.annotations.Nullable;

/** The purpose of a role, in up to 512 code points. */
record RoleDescription(String text) {

  private static final int MAX = 512;

  RoleDescription {
    text = TextInput.require("A role's description", text, MAX);
  }

  static RoleDescription of(@Nullable String text) {
    return new RoleDescription(text == null ? "" : text);
  }
}
