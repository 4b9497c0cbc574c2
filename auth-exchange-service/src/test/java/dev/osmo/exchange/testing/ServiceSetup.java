package dev.osmo.exchange.testing;

import dev.osmo.testkit.contracts.Contracts;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The files and settings with which the service starts. */
public record ServiceSetup(Path folder, String databaseUrl) {

  public static final String ISSUER = "https://osmo.test";

  /** Tests store cheap hashes, and slow ones to keep the verification busy. */
  public static final Map<String, String> ANY_HASH =
      Map.of(
          "auth-exchange.verification.min-memory-kib", "8",
          "auth-exchange.verification.min-iterations", "1",
          "auth-exchange.verification.max-iterations", "1000");

  public static ServiceSetup on(MigratedPostgres postgres) {
    return on(postgres.reactiveUrl());
  }

  public static ServiceSetup on(String databaseUrl) {
    try {
      ServiceSetup setup =
          new ServiceSetup(
              Files.createTempDirectory(Path.of("target").toAbsolutePath(), "auth-exchange"),
              databaseUrl);
      Files.write(setup.pepperFile(), Contracts.pepperFile());
      Files.writeString(setup.keyFile(), newKey());
      return setup;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path pepperFile() {
    return folder.resolve("pepper");
  }

  public Path keyFile() {
    return folder.resolve("key");
  }

  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("quarkus.datasource.reactive.url", databaseUrl);
    settings.put("quarkus.datasource.username", MigratedPostgres.AUTH_EXCHANGE);
    settings.put("quarkus.datasource.password", MigratedPostgres.PASSWORD);
    settings.put("auth-exchange.issuer", ISSUER);
    settings.put("auth-exchange.pepper-file", pepperFile().toString());
    settings.put("auth-exchange.key-file", keyFile().toString());
    settings.putAll(ANY_HASH);
    settings.putAll(Patience.deadlines("auth-exchange"));
    return settings;
  }

  /** These settings and others, which take precedence. */
  public Map<String, String> with(Map<String, String> others) {
    Map<String, String> settings = settings();
    settings.putAll(others);
    return settings;
  }

  /** The content of a new key file. */
  public static String newKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key) + "\n";
  }
}
