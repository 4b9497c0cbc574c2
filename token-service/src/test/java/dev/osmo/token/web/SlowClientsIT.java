package dev.osmo.token.web;

import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.process.SlowClientsContract;
import dev.osmo.token.testing.Stage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class SlowClientsIT implements SlowClientsContract {

  private static Stage stage;
  private static ServiceProcess service;

  @BeforeAll
  static void start(@TempDir Path folder) {
    stage = Stage.set();
    stage.exchange().comeUp();
    Map<String, String> settings = stage.environment(folder, "t1");
    settings.putAll(SlowClientsContract.shortDeadlines("token-service"));
    service = ServiceProcess.start(settings);
  }

  @AfterAll
  static void stop() {
    service.close();
    stage.close();
  }

  @Override
  public ServiceProcess service() {
    return service;
  }

  @Override
  public String path() {
    return "/api/version";
  }

  @Override
  public String bodyPath() {
    return "/api/auth/leaked";
  }

  @Override
  public String bodyType() {
    return "application/json";
  }
}
