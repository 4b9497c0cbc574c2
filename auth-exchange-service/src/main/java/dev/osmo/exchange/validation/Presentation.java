package dev.osmo.exchange.validation;

import dev.osmo.exchange.pat.StoredPat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a text that was presented as a token, before anything is signed for it. */
public sealed interface Presentation {

  /**
   * The token is genuine and may be exchanged now.
   *
   * @param until the latest end of a JWT for it, in whole seconds
   */
  record Valid(StoredPat pat, Instant until) implements Presentation {}

  /**
   * It opens nothing.
   *
   * @param pat the token it was about, for the log; a stranger's has none
   */
  record Rejected(Refusal refusal, @Nullable StoredPat pat) implements Presentation {}
}
