package dev.osmo.exchange.exchange;

import dev.osmo.exchange.jwt.SignedJwt;
import dev.osmo.exchange.pat.StoredPat;
import org.jspecify.annotations.Nullable;

/** How an exchange ended. The token it was about is for the log; a stranger's has none. */
sealed interface ExchangeOutcome {

  record Issued(SignedJwt jwt, StoredPat pat) implements ExchangeOutcome {}

  record Refused(Refusal refusal, @Nullable StoredPat pat) implements ExchangeOutcome {}
}
