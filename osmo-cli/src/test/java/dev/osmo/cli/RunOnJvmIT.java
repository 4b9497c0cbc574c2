package dev.osmo.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The same with the jar, where this build made a native binary; elsewhere it would be twice the
 * same.
 */
@EnabledIf("dev.osmo.cli.NativeBinary#isThere")
class RunOnJvmIT extends RunIT {
  @Override
  Path script() throws IOException {
    return JarOnlyCheckout.in(home);
  }
}
