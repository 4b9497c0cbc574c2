package dev.osmo.token.testing;

import io.quarkus.test.common.QuarkusTestResource;

/** The database and the exchange's stand-in that all tests of this run share. */
@QuarkusTestResource(DatabaseResource.class)
public final class Stage implements AutoCloseable {

  private static volatile Stage current;

  private final MigratedPostgres postgres;
  private final Exchange exchange;
  private final IdleConnections connections;

  private Stage(MigratedPostgres postgres, Exchange exchange) {
    this.postgres = postgres;
    this.exchange = exchange;
    this.connections = new IdleConnections(postgres);
  }

  public static Stage set() {
    return set(MigratedPostgres.start());
  }

  public static Stage set(MigratedPostgres postgres) {
    current = new Stage(postgres, Exchange.startDown());
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

  IdleConnections connections() {
    return connections;
  }

  @Override
  public void close() {
    exchange.close();
    postgres.close();
  }
}
