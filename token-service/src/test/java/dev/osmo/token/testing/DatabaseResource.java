package dev.osmo.token.testing;

import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.waiting.Patience;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Starts what the service under test needs, once for all test classes. */
public final class DatabaseResource implements QuarkusTestResourceLifecycleManager {

  private Stage stage;

  @Override
  public Map<String, String> start() {
    stage = Stage.set();
    Map<String, String> settings = new HashMap<>(Patience.deadlines("token-service"));
    settings.putAll(
        Map.ofEntries(
            Map.entry("quarkus.datasource.reactive.url", stage.postgres().reactiveUrl()),
            Map.entry("quarkus.datasource.username", MigratedPostgres.TOKEN_SERVICE),
            Map.entry("quarkus.datasource.password", MigratedPostgres.PASSWORD),
            Map.entry("token-service.issuer", Exchange.ISSUER),
            Map.entry("token-service.legacy-jwt-header", "true"),
            Map.entry("token-service.jwks.url", stage.exchange().keysUrl()),
            Map.entry("token-service.jwks.retry", "PT0.2S"),
            Map.entry("token-service.jwks.cooldown", "PT0S"),
            Map.entry("token-service.leak-report.trusted-proxies", "127.0.0.1,192.0.2.0/24"),
            Map.entry("token-service.limits.failures-per-minute", "2000"),
            Map.entry("token-service.pepper-file", pepperFile().toString()),
            Map.entry("token-service.trusted-issuers-file", trustedIssuersFile().toString()),
            Map.entry("token-service.identity-providers-file", stage.provider().file().toString()),
            Map.entry("token-service.sign-in.sessions-per-user", "3"),
            Map.entry("token-service.sign-in.reverify-after", "P30D"),
            Map.entry("token-service.scim.credential-file", Scim.credentialFile().toString()),
            Map.entry("token-service.scim.provider", "creates"),
            Map.entry(
                "token-service.security-events.transmitters-file",
                stage.provider().transmittersFile().toString()),
            Map.entry(
                "token-service.expiry-notices.webhooks-file",
                stage.inbox().webhooksFile().toString()),
            // The tests send notices themselves.
            Map.entry("token-service.expiry-notices.interval", "P1D"),
            Map.entry("token-service.argon2.memory-kib", "64"),
            Map.entry("token-service.argon2.iterations", "1"),
            Map.entry("token-service.metrics.refresh", "PT0.5S")));
    return settings;
  }

  @Override
  public void stop() {
    stage.close();
  }

  private static Path trustedIssuersFile() {
    try {
      Path file = Files.createTempFile("trusted-issuers", ".json");
      file.toFile().deleteOnExit();
      return Files.writeString(
          file,
          """
          {"issuers": [
            {"name": "github", "issuer": "https://token.actions.githubusercontent.com",
             "audience": "https://osmo.test", "subjects": "github"},
            {"name": "cluster", "issuer": "https://kubernetes.default.svc",
             "audience": "osmo", "subjects": "kubernetes"}
          ]}
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path pepperFile() {
    try {
      Path file = Files.createTempFile("peppers", ".txt");
      file.toFile().deleteOnExit();
      return Files.writeString(
          file, "* t1 " + Base64.getEncoder().encodeToString(new byte[32]) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
