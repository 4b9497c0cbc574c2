package dev.osmo.exchange.exchange;

import dev.osmo.exchange.jwt.SignedJwt;
import dev.osmo.exchange.pat.StoredPat;
import java.util.List;

/** The result of an exchange. */
public sealed interface ExchangeOutcome permits ExchangeOutcome.Issued, Refused {

  /**
   * A JWT was signed.
   *
   * @param roles the roles in the JWT, sorted
   */
  record Issued(SignedJwt jwt, StoredPat pat, List<String> roles) implements ExchangeOutcome {

    public Issued {
      roles = List.copyOf(roles);
    }
  }
}
