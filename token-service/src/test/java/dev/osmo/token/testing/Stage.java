package dev.osmo.token.testing;

import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.waiting.Patience;
import io.quarkus.test.common.QuarkusTestResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The database and the stand-in for the exchange that all tests share. */
@QuarkusTestResource(DatabaseResource.class)
public final class Stage implements AutoCloseable {

  private static volatile Stage current;

  private final MigratedPostgres postgres;
  private final Exchange exchange;
  private final Provider provider = Provider.start();
  private final WebhookInbox inbox = WebhookInbox.open();
  private final IdleConnections connections;

  private Stage(MigratedPostgres postgres, Exchange exchange) {
    this.postgres = postgres;
    this.exchange = exchange;
    this.connections = new IdleConnections(postgres);
  }

  public static Stage set() {
    return set(MigratedPostgres.start());
  }

  public static Stage set(MigratedPostgres postgres) {
    current = new Stage(postgres, Exchange.startDown());
    return current;
  }

  public static Stage current() {
    return current;
  }

  public MigratedPostgres postgres() {
    return postgres;
  }

  public Exchange exchange() {
    return exchange;
  }

  public Provider provider() {
    return provider;
  }

  public WebhookInbox inbox() {
    return inbox;
  }

  /**
   * The settings of a service process on this stage.
   *
   * @param folder the folder for its pepper file
   * @param pepperId the id of its only pepper
   */
  public Map<String, String> environment(Path folder, String pepperId) {
    try {
      String line = "* " + pepperId + " " + Base64.getEncoder().encodeToString(new byte[32]) + "\n";
      Path peppers = Files.writeString(folder.resolve("peppers"), line);
      Map<String, String> settings = new HashMap<>(Patience.deadlines("token-service"));
      settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.reactiveUrl());
      settings.put("QUARKUS_DATASOURCE_USERNAME", MigratedPostgres.TOKEN_SERVICE);
      settings.put("QUARKUS_DATASOURCE_PASSWORD", MigratedPostgres.PASSWORD);
      settings.put("TOKEN_SERVICE_ISSUER", Exchange.ISSUER);
      settings.put("TOKEN_SERVICE_JWKS_URL", exchange.keysUrl());
      settings.put("TOKEN_SERVICE_PEPPER_FILE", peppers.toString());
      settings.put("TOKEN_SERVICE_IDENTITY_PROVIDERS_FILE", provider.file().toString());
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  IdleConnections connections() {
    return connections;
  }

  @Override
  public void close() {
    inbox.close();
    provider.close();
    exchange.close();
    postgres.close();
  }
}
