package dev.osmo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The same with the jar, if this build created a native binary; otherwise it would repeat the other
 * test.
 */
@EnabledIf("dev.osmo.cli.NativeBinary#isThere")
class RunOnJvmIT extends RunIT {
  @Override
  List<String> forwardedSignals() {
    return List.of("HUP", "INT", "TERM", "USR1", "USR2");
  }

  @Override
  Path script() throws IOException {
    return JarOnlyCheckout.in(home);
  }
}
