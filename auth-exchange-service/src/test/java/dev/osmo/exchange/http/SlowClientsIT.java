package dev.osmo.exchange.http;

import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.process.SlowClientsContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SlowClientsIT implements SlowClientsContract {

  private static MigratedPostgres postgres;
  private static ServiceProcess service;

  @BeforeAll
  static void start() {
    postgres = MigratedPostgres.start();
    service =
        ServiceProcess.start(
            ServiceSetup.on(postgres).with(SlowClientsContract.shortDeadlines("auth-exchange")));
  }

  @AfterAll
  static void stop() {
    service.close();
    postgres.close();
  }

  @Override
  public ServiceProcess service() {
    return service;
  }

  @Override
  public String path() {
    return "/api/auth/login";
  }

  @Override
  public String bodyPath() {
    return "/oauth2/token";
  }

  @Override
  public String bodyType() {
    return "application/x-www-form-urlencoded";
  }
}
