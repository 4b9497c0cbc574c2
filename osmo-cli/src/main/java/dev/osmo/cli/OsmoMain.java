package dev.osmo.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.graalvm.nativeimage.VMRuntime;

/**
 * Where the process begins. The native binary is built to leave {@code -D}, {@code -X} and {@code
 * -XX} on the command line to the commands; it then has to be told to start its own services, and
 * before Quarkus takes the signals over.
 */
@QuarkusMain
public final class OsmoMain {
  public static void main(String... args) {
    if (isNative()) {
      VMRuntime.initialize();
    }
    ClosedStreams.fill();
    Quarkus.run(OsmoApplication.class, args);
  }

  /** Asked of the property: the class that knows it, too, is not there on a JVM. */
  private static boolean isNative() {
    return "runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"));
  }
}
