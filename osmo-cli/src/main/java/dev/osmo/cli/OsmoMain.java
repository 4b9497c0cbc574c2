package dev.osmo.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.graalvm.nativeimage.VMRuntime;

/**
 * The entry point of the process. The native binary passes {@code -D}, {@code -X} and {@code -XX}
 * to the commands. It then does not initialize the VM itself, which must happen before Quarkus
 * installs its signal handlers.
 */
@QuarkusMain
public final class OsmoMain {
  public static void main(String... args) {
    if (isNative()) {
      VMRuntime.initialize();
    }
    ClosedStreams.fill();
    // Keeps the order of the resolver (RFC 6724). By default, Java moves IPv4 to the front.
    System.setProperty("java.net.preferIPv6Addresses", "system");
    Quarkus.run(OsmoApplication.class, args);
  }

  /** Reads the property, because the class {@code ImageInfo} does not exist on a JVM. */
  private static boolean isNative() {
    return "runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"));
  }
}
