package dev.osmo.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The same, where there is no native binary to pick: a checkout that holds the jar alone. Without a
 * native binary it would be twice the same, unless more processes are asked for.
 */
@EnabledIf("isSomethingElse")
class OsmoScriptOnJvmIT extends OsmoScriptIT {
  static boolean isSomethingElse() {
    return NativeBinary.isThere() || System.getProperty("osmo.processes") != null;
  }

  @Override
  int processes() {
    return Integer.getInteger("osmo.processes", 20);
  }

  @Override
  Path script() throws IOException {
    return JarOnlyCheckout.in(home);
  }
}
