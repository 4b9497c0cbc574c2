package dev.osmo.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The same in a checkout with the jar only. Without a native binary this repeats the other test,
 * unless more processes are requested.
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
