package dev.osmo.local.launch;

import dev.osmo.local.CannotStart;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The project folder and the results of its build. */
record Installation(Path home) {

  /** This class is in {@code HOME/deploy/local/target/osmo-local.jar}. */
  static Installation ofThisJar() {
    try {
      Path jar =
          Path.of(Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new Installation(jar.resolve("../../../..").normalize());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the jar has no location", e);
    }
  }

  Path tokenService() {
    return home.resolve("token-service/target/quarkus-app/quarkus-run.jar");
  }

  Path authExchange() {
    return home.resolve("auth-exchange-service/target/quarkus-app/quarkus-run.jar");
  }

  Path sampleApi() {
    return home.resolve("deploy/sample-api/target/quarkus-app/quarkus-run.jar");
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
    for (Path jar : List.of(tokenService(), authExchange(), sampleApi(), cliJar())) {
      if (!Files.exists(jar)) {
        throw new CannotStart(
            home.relativize(jar) + " is not built; run deploy/local/up without --no-build.");
      }
    }
  }

  /** The Java of this launcher, which also runs the services. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
