package dev.osmo.token.start;

import dev.osmo.testkit.process.PackagedServiceContract;
import java.util.List;

class PackagedServiceIT implements PackagedServiceContract {

  @Override
  public List<String> commands() {
    return List.of("migrate", "revoke-before", "test-notice");
  }
}
