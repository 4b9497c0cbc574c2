package dev.osmo.exchange.exchange;

import dev.osmo.exchange.exchange.ExchangeOutcome.Refused;
import dev.osmo.exchange.pat.StoredPat;
import java.time.Instant;

/** What became of a text that was presented as a token, before anything is signed for it. */
public sealed interface Presentation permits Presentation.Standing, Refused {

  /**
   * The token is genuine and may be exchanged now.
   *
   * @param until the latest end of a JWT for it, in whole seconds
   */
  record Standing(StoredPat pat, Instant until) implements Presentation {}
}
