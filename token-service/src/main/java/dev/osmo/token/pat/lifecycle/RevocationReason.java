package dev.osmo.token.pat.lifecycle;

import dev.osmo.token.input.TextInput;
import org.jspecify.annotations.Nullable;

/** Why an administrator revokes tokens. Their owner can read it. */
public record RevocationReason(String text) {

  private static final int MAX = 200;
  private static final String DEFAULT = "revoked by an administrator";

  public RevocationReason {
    text = TextInput.require("The body's field reason", text, MAX);
  }

  public static RevocationReason of(@Nullable String text) {
    return new RevocationReason(text == null || text.isBlank() ? DEFAULT : text);
  }
}
