package dev.osmo.cli;

import java.io.IOException;
import java.nio.file.Path;

/** The same with the jar, also where this build made a native binary. */
class RunOnJvmIT extends RunIT {
  @Override
  Path script() throws IOException {
    return JarOnlyCheckout.in(home);
  }
}
