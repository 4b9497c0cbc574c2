package dev.osmo.token.pat.lifecycle;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.input.TextInput;
import org.jspecify.annotations.Nullable;

/** Why tokens are revoked. Their owner can read it. */
public record RevocationReason(String text) {

  private static final int MAX = 200;
  private static final String BY_ADMINISTRATOR = "revoked by an administrator";
  private static final String BY_OWNER = "revoked by its owner";

  public RevocationReason {
    text = TextInput.require("The body's field reason", text, MAX);
  }

  /** The reason that an administrator gives, or that an administrator revoked them. */
  public static RevocationReason of(@Nullable String text) {
    return new RevocationReason(text == null || text.isBlank() ? BY_ADMINISTRATOR : text);
  }

  static RevocationReason of(CallerIdentity caller, String ownerId) {
    return new RevocationReason(caller.userId().equals(ownerId) ? BY_OWNER : BY_ADMINISTRATOR);
  }
}
