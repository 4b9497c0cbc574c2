package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.keycloak.Keycloak;
import dev.osmo.local.process.Child;
import dev.osmo.local.process.ChildSpec;
import dev.osmo.local.process.Children;
import dev.osmo.local.process.FreePorts;
import dev.osmo.testkit.waiting.Patience;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A running Keycloak with one realm, through its Admin REST API. All state is in memory. Users have
 * the same password.
 */
final class KeycloakServer implements AutoCloseable {
  static final String PASSWORD = "correct horse battery staple";

  private static final String REALM = "company";
  private static final String ADMIN = "test-admin";

  /** A start takes a minute or three on a small machine. */
  private static final Duration START = Duration.ofMinutes(10);

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Children children = new Children();

  /** If this program is terminated, nobody calls {@link #close}. */
  private final Thread onExit = new Thread(children::close);

  private final String adminPassword = UUID.randomUUID().toString();
  private final int port = FreePorts.find(1).getFirst();

  private KeycloakServer() {
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  static KeycloakServer start(Path log) throws Exception {
    KeycloakServer server = new KeycloakServer();
    Keycloak.Start start =
        Keycloak.in(RunningStack.HOME)
            .start(
                server.port,
                Map.of(
                    "KC_DB",
                    "dev-mem",
                    "KC_BOOTSTRAP_ADMIN_USERNAME",
                    ADMIN,
                    "KC_BOOTSTRAP_ADMIN_PASSWORD",
                    server.adminPassword));
    Child process =
        server.children.start(new ChildSpec("keycloak", start.command(), start.environment(), log));
    try {
      await("Keycloak").atMost(START).until(() -> server.isReady() || !process.alive());
      assertThat(process.alive()).as("Keycloak runs; see " + log).isTrue();
      server.createRealm();
      return server;
    } catch (Throwable failed) {
      server.close();
      throw failed;
    }
  }

  String issuer() {
    return base() + "/realms/" + REALM;
  }

  /** What an administrator would set: every refresh token can be used once. */
  private void createRealm() throws Exception {
    JsonObject realm =
        new JsonObject()
            .put("realm", REALM)
            .put("enabled", true)
            .put("sslRequired", "none")
            .put("editUsernameAllowed", false)
            .put("registrationAllowed", false)
            .put("revokeRefreshToken", true)
            .put("refreshTokenMaxReuse", 0);
    created(admin("POST", "/admin/realms", realm.encode()));
  }

  /** As "Import client" of the Admin Console does. */
  void importClient(JsonObject client) throws Exception {
    created(admin("POST", "/clients", client.encode()));
  }

  void createGroup(String name) throws Exception {
    created(admin("POST", "/groups", new JsonObject().put("name", name).encode()));
  }

  /** A user with an address that is verified. */
  void createUser(String name, String... groups) throws Exception {
    JsonObject user =
        new JsonObject()
            .put("username", name)
            .put("enabled", true)
            .put("email", name)
            .put("emailVerified", true)
            .put("firstName", name.replaceAll("@.*", ""))
            .put("lastName", "Example")
            .put("groups", new JsonArray(List.of(groups)))
            .put(
                "credentials",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("type", "password")
                            .put("value", PASSWORD)
                            .put("temporary", false)));
    created(admin("POST", "/users", user.encode()));
  }

  void disable(String user) throws Exception {
    changed(admin("PUT", "/users/" + idOf(user), "{\"enabled\": false}"));
  }

  void leaveGroup(String user, String group) throws Exception {
    String groups = admin("GET", "/groups?exact=true&search=" + encoded(group), "").body();
    String id = new JsonArray(groups).getJsonObject(0).getString("id");
    changed(admin("DELETE", "/users/" + idOf(user) + "/groups/" + id, ""));
  }

  void joinGroup(String user, String group) throws Exception {
    String groups = admin("GET", "/groups?exact=true&search=" + encoded(group), "").body();
    String id = new JsonArray(groups).getJsonObject(0).getString("id");
    changed(admin("PUT", "/users/" + idOf(user) + "/groups/" + id, ""));
  }

  /** How many clients can still use a refresh token of this user. */
  int offlineSessions(String user) throws Exception {
    String clients = admin("GET", "/clients?clientId=osmo", "").body();
    String client = new JsonArray(clients).getJsonObject(0).getString("id");
    String path = "/users/" + idOf(user) + "/offline-sessions/" + client;
    return new JsonArray(admin("GET", path, "").body()).size();
  }

  /** The id of the user, which is the subject of the ID tokens. */
  String idOf(String user) throws Exception {
    String found = admin("GET", "/users?exact=true&username=" + encoded(user), "").body();
    return new JsonArray(found).getJsonObject(0).getString("id");
  }

  private boolean isReady() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base() + "/realms/master"))
              .timeout(Patience.LONG)
              .build();
      return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Each request with a token of its own, because they live for a minute only. */
  private HttpResponse<String> admin(String method, String path, String body) throws Exception {
    String address = base() + (path.startsWith("/admin/") ? "" : "/admin/realms/" + REALM) + path;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(Patience.LONG)
            .header("Authorization", "Bearer " + adminToken())
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  private String adminToken() throws Exception {
    String form =
        "grant_type=password&client_id=admin-cli&username=%s&password=%s"
            .formatted(ADMIN, adminPassword);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base() + "/realms/master/protocol/openid-connect/token"))
            .timeout(Patience.LONG)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonObject(response.body()).getString("access_token");
  }

  private String base() {
    return "http://127.0.0.1:" + port;
  }

  private static void created(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
  }

  private static void changed(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(onExit);
    children.close();
  }
}
