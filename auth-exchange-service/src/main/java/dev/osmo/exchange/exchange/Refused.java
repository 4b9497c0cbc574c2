package dev.osmo.exchange.exchange;

import dev.osmo.exchange.pat.StoredPat;
import org.jspecify.annotations.Nullable;

/**
 * No JWT is issued for the presented text.
 *
 * @param pat the stored token, for the log; null when the text matched none
 */
public record Refused(RefusalReason reason, @Nullable StoredPat pat)
    implements Validation, ExchangeOutcome {}
