package dev.osmo.exchange.exchange;

import dev.osmo.exchange.jwt.SignedJwt;
import dev.osmo.exchange.pat.StoredPat;
import dev.osmo.exchange.validation.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an exchange ended. The token it was about is for the log; a stranger's has none. */
public sealed interface ExchangeOutcome {

  /**
   * A JWT was signed.
   *
   * @param roles those in the JWT, sorted
   */
  record Issued(SignedJwt jwt, StoredPat pat, List<String> roles) implements ExchangeOutcome {

    public Issued {
      roles = List.copyOf(roles);
    }
  }

  record Refused(Refusal refusal, @Nullable StoredPat pat) implements ExchangeOutcome {}
}
