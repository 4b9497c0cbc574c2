package dev.osmo.exchange.exchange;

import dev.osmo.exchange.pat.StoredPat;
import java.time.Instant;

/** The result of validating a presented access token, before anything is signed for it. */
public sealed interface Validation permits Validation.Valid, Refused {

  /**
   * The token is genuine and may be exchanged now.
   *
   * @param until the latest expiry of a JWT for it, in whole seconds
   */
  record Valid(StoredPat pat, Instant until) implements Validation {}
}
