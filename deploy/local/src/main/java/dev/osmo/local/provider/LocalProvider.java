package dev.osmo.local.provider;

import dev.osmo.devprovider.DevProvider;
import dev.osmo.devprovider.DevProviderSettings;
import dev.osmo.devprovider.DevUser;
import dev.osmo.local.CannotStart;
import dev.osmo.local.folder.DataFolder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The running provider. */
public record LocalProvider(DevProvider provider) implements AutoCloseable {
  /** The group of administrators, and the group of all users. */
  public static final String ADMINISTRATORS = "osmo-admins";

  public static final String USERS = "osmo-users";

  public static final String NAME = "dev";

  private static final String CLIENT = "osmo-cli";

  /** No group gives the role that the tutorial takes away, so no sign-in gives it back. */
  private static final List<DevUser> PEOPLE =
      List.of(
          new DevUser("admin@example.com", List.of(ADMINISTRATORS, USERS)),
          new DevUser("user@example.com", List.of(USERS)),
          new DevUser("guest@example.com", List.of()));

  /**
   * Starts the provider and writes its file. Keeps the port of the last start if it is free,
   * because the address is the issuer's name, by which token-service recognizes a person.
   */
  public static LocalProvider start(DataFolder folder) {
    Path file = folder.identityProviders();
    DevProviderSettings settings =
        DevProviderSettings.defaults().withUsers(PEOPLE).withClients(List.of(CLIENT));
    try {
      DevProvider provider = start(settings, lastPort(file).orElse(0));
      JsonObject content = content(provider.issuer(), others(folder.otherProviders()));
      Files.writeString(file, content.encodePrettily() + "\n");
      return new LocalProvider(provider);
    } catch (IOException e) {
      throw new CannotStart("Cannot start the identity provider: " + e.getMessage(), e);
    }
  }

  private static DevProvider start(DevProviderSettings settings, int port) throws IOException {
    try {
      return DevProvider.start(settings.withPort(port));
    } catch (IOException inUse) {
      return DevProvider.start(settings);
    }
  }

  /** Empty at the first start, and for a file that this launcher did not write. */
  private static Optional<Integer> lastPort(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonObject first =
          new JsonObject(Files.readString(file)).getJsonArray("providers").getJsonObject(0);
      return Optional.of(URI.create(first.getString("issuer")).getPort()).filter(port -> port > 0);
    } catch (RuntimeException damaged) {
      return Optional.empty();
    }
  }

  /** The providers that the user adds. The services check them. */
  private static JsonArray others(Path file) throws IOException {
    try {
      return Files.exists(file)
          ? new JsonObject(Files.readString(file)).getJsonArray("providers", new JsonArray())
          : new JsonArray();
    } catch (RuntimeException damaged) {
      throw new CannotStart("The file " + file + " is not a file of identity providers.", damaged);
    }
  }

  /** The demo user exists before the first sign-in, so existing users are linked. */
  private static JsonObject content(String issuer, JsonArray others) {
    return new JsonObject()
        .put(
            "providers",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("name", NAME)
                        .put("issuer", issuer)
                        .put("display_name", "the development provider")
                        .put("algorithms", List.of("RS256"))
                        .put("browser_client", CLIENT)
                        .put("device_client", CLIENT)
                        .put("user_claim", "preferred_username")
                        .put("create_users", true)
                        .put("link_existing_users", true))
                .addAll(others));
  }

  /** Where a person can sign in for tests by hand. */
  public String url() {
    return provider.issuer();
  }

  @Override
  public void close() {
    provider.close();
  }
}
