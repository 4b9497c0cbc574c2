package dev.osmo.token.web;

import dev.osmo.testkit.process.RequestHeadsContract;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.token.testing.Stage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class RequestHeadsIT implements RequestHeadsContract {

  private static Stage stage;
  private static ServiceProcess service;

  @BeforeAll
  static void start(@TempDir Path folder) {
    stage = Stage.set();
    stage.exchange().comeUp();
    service = ServiceProcess.start(stage.environment(folder, "t1"));
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
}
