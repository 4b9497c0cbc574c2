package dev.osmo.exchange.exchange;

import dev.osmo.exchange.pat.StoredPats;
import dev.osmo.http.web.Overload;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;

/**
 * Refuses an exchange that would not be read from the database. Exchanges through {@code
 * /oauth2/token} are refused later, in the format of OAuth.
 */
@Singleton
@Unremovable
class ExchangeOverload implements Overload {

  private final StoredPats pats;

  ExchangeOverload(StoredPats pats) {
    this.pats = pats;
  }

  @Override
  public boolean refuses(String target) {
    return target.equals(ExchangeResource.PATH) && pats.isOverloaded();
  }
}
