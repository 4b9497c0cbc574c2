package dev.osmo.token.start;

import dev.osmo.testkit.process.ServiceTlsContract;
import dev.osmo.token.testing.Stage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ServiceTlsIT implements ServiceTlsContract {

  private static Stage stage;

  @BeforeAll
  static void set() {
    stage = Stage.set();
  }

  @AfterAll
  static void clear() {
    stage.close();
  }

  @Override
  public String service() {
    return "token-service";
  }

  @Override
  public String path() {
    return "/api/version";
  }

  @Override
  public Map<String, String> settings(Path folder) {
    return stage.environment(folder, "t1");
  }
}
