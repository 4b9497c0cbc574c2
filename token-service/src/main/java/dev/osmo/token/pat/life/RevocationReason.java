package dev.osmo.token.pat.life;

import dev.osmo.token.pat.terms.Description;
import dev.osmo.token.problem.ProblemType;
import dev.osmo.token.problem.Refusal;
import org.jspecify.annotations.Nullable;

/** Why an administrator ends tokens; their owner reads it. Like a description, but shorter. */
public record RevocationReason(String text) {

  private static final int MAX = 200;
  private static final String USUAL = "revoked by an administrator";

  public RevocationReason {
    text = new Description(text).text();
    if (text.codePointCount(0, text.length()) > MAX) {
      throw new Refusal(
              ProblemType.INVALID_FIELD,
              "The body's field reason has at most " + MAX + " characters.")
          .toException();
    }
  }

  public static RevocationReason of(@Nullable String text) {
    return new RevocationReason(text == null || text.isBlank() ? USUAL : text);
  }
}
