package dev.osmo.token.pat.lifecycle;

import dev.osmo.token.input.WrittenText;
import org.jspecify.annotations.Nullable;

/** Why an administrator ends tokens; their owner reads it. */
public record RevocationReason(String text) {

  private static final int MAX = 200;
  private static final String USUAL = "revoked by an administrator";

  public RevocationReason {
    text = WrittenText.demand("The body's field reason", text, MAX);
  }

  public static RevocationReason of(@Nullable String text) {
    return new RevocationReason(text == null || text.isBlank() ? USUAL : text);
  }
}
