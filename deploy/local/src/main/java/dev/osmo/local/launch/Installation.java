package dev.osmo.local.launch;

import dev.osmo.local.problem.CannotStart;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The project's folder and what its build put there. */
record Installation(Path home) {

  /** This class lies in {@code HOME/deploy/local/target/osmo-local.jar}. */
  static Installation ofThisJar() {
    try {
      Path jar =
          Path.of(Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new Installation(jar.resolve("../../../..").normalize());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the jar has no place", e);
    }
  }

  Path tokenService() {
    return home.resolve("token-service/target/quarkus-app/quarkus-run.jar");
  }

  Path authExchange() {
    return home.resolve("auth-exchange-service/target/quarkus-app/quarkus-run.jar");
  }

  Path cliJar() {
    return home.resolve("osmo-cli/target/quarkus-app/quarkus-run.jar");
  }

  Path cli() {
    return home.resolve("osmo-cli/osmo");
  }

  Path bootstrapScript() {
    return home.resolve("token-service/src/main/resources/db/bootstrap.sql");
  }

  void requireBuilt() {
    for (Path jar : List.of(tokenService(), authExchange(), cliJar())) {
      if (!Files.exists(jar)) {
        throw new CannotStart(
            home.relativize(jar) + " is not built; run deploy/local/up without --no-build.");
      }
    }
  }

  /** The Java that runs this launcher runs the services too. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
