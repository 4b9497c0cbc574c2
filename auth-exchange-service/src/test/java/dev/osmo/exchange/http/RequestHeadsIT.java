package dev.osmo.exchange.http;

import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.process.RequestHeadsContract;
import dev.osmo.testkit.process.ServiceProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RequestHeadsIT implements RequestHeadsContract {

  private static MigratedPostgres postgres;
  private static ServiceProcess service;

  @BeforeAll
  static void start() {
    postgres = MigratedPostgres.start();
    service = ServiceProcess.start(ServiceSetup.on(postgres).settings());
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
}
