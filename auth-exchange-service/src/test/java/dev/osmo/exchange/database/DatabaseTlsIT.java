package dev.osmo.exchange.database;

import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.process.DatabaseTlsContract;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Includes the listening connection, which is made at the start. */
class DatabaseTlsIT implements DatabaseTlsContract {

  private static TlsDatabase database;
  private static ServiceSetup setup;

  @BeforeAll
  static void start() {
    database = TlsDatabase.start();
    setup = ServiceSetup.on(database.postgres());
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Override
  public TlsDatabase database() {
    return database;
  }

  @Override
  public Map<String, String> settings() {
    return setup.settings();
  }

  @Override
  public String user() {
    return MigratedPostgres.AUTH_EXCHANGE;
  }
}
