package dev.osmo.cli;

import java.io.IOException;
import java.nio.file.Path;

/** The same, where there is no native binary to pick: a checkout that holds the jar alone. */
class OsmoScriptOnJvmIT extends OsmoScriptIT {
  @Override
  int processes() {
    return Integer.getInteger("osmo.processes", 20);
  }

  @Override
  Path script() throws IOException {
    return JarOnlyCheckout.in(home);
  }
}
