package dev.osmo.exchange.start;

import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.process.ServiceTlsContract;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ServiceTlsIT implements ServiceTlsContract {

  private static MigratedPostgres postgres;

  @BeforeAll
  static void startDatabase() {
    postgres = MigratedPostgres.start();
  }

  @AfterAll
  static void stopDatabase() {
    postgres.close();
  }

  @Override
  public String service() {
    return "auth-exchange-service";
  }

  @Override
  public String path() {
    return "/api/auth/keys";
  }

  @Override
  public Map<String, String> settings(Path folder) {
    return ServiceSetup.on(postgres).settings();
  }
}
