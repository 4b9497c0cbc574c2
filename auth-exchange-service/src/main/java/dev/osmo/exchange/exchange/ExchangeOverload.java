package dev.osmo.exchange.exchange;

import dev.osmo.exchange.database.Database;
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

  private final Database database;

  ExchangeOverload(Database database) {
    this.database = database;
  }

  @Override
  public boolean refuses(String target) {
    return target.equals(ExchangeResource.PATH) && database.isOverloaded();
  }
}
