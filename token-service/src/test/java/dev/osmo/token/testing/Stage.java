package dev.osmo.token.testing;

import io.quarkus.test.common.QuarkusTestResource;

/** The database and the exchange's stand-in that all tests of this run share. */
@QuarkusTestResource(DatabaseResource.class)
public final class Stage implements AutoCloseable {

  private static volatile Stage current;

  private final MigratedPostgres postgres;
  private final Exchange exchange;

  private Stage(MigratedPostgres postgres, Exchange exchange) {
    this.postgres = postgres;
    this.exchange = exchange;
  }

  public static Stage set() {
    current = new Stage(MigratedPostgres.start(), Exchange.startDown());
    return current;
  }

  public static Stage current() {
    return current;
  }

  public MigratedPostgres postgres() {
    return postgres;
  }

  public Exchange exchange() {
    return exchange;
  }

  @Override
  public void close() {
    exchange.close();
    postgres.close();
  }
}
