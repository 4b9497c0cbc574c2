package dev.osmo.bench.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.bench.load.Workload;
import dev.osmo.bench.load.Workload.Request;
import dev.osmo.keycloak.Keycloak;
import dev.osmo.local.process.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keycloak with one realm that signs with ES256, and one confidential client whose service account
 * has as many roles as our users.
 */
public final class KeycloakPeer {

  private static final String REALM = "bench-realm.json";
  private static final String CLIENT = "client_id=bench&client_secret=bench-secret";
  private static final String TOKEN = "/realms/bench/protocol/openid-connect/token";

  private KeycloakPeer() {}

  static Server start(Path project, String jdbcUrl, Path log) {
    int port = FreePorts.find(1).getFirst();
    Map<String, String> database =
        Map.of(
            "KC_DB", "postgres",
            "KC_DB_URL", jdbcUrl,
            "KC_DB_USERNAME", "keycloak",
            "KC_DB_PASSWORD", "keycloak");
    try (InputStream realm = KeycloakPeer.class.getResourceAsStream(REALM)) {
      if (realm == null) {
        throw new IllegalStateException("the jar has no " + REALM);
      }
      Keycloak keycloak = Keycloak.in(project);
      Path imported = keycloak.imports().resolve(REALM);
      Files.copy(realm, imported, StandardCopyOption.REPLACE_EXISTING);
      Keycloak.Start start = keycloak.start(port, database, "--import-realm");
      return Server.start("keycloak", start.command(), start.environment(), port, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Client credentials, token exchange and introspection of a running Keycloak. */
  public static List<Workload> workloads(Server server) throws IOException, InterruptedException {
    String token = token(server);
    return List.of(
        workload("client-credentials", TOKEN, "grant_type=client_credentials&" + CLIENT),
        workload(
            "token-exchange",
            TOKEN,
            "grant_type="
                + encoded("urn:ietf:params:oauth:grant-type:token-exchange")
                + "&subject_token_type="
                + encoded("urn:ietf:params:oauth:token-type:access_token")
                + "&subject_token="
                + token
                + "&"
                + CLIENT),
        workload("introspection", TOKEN + "/introspect", "token=" + token + "&" + CLIENT));
  }

  private static Workload workload(String name, String path, String form) {
    List<String> headers = List.of("Content-Type: application/x-www-form-urlencoded");
    return new Workload(
        name, Optional.empty(), true, List.of(new Request("POST", path, headers, form)));
  }

  private static String token(Server server) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + server.port() + TOKEN);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("grant_type=client_credentials&" + CLIENT))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String body = client.send(request, BodyHandlers.ofString()).body();
      return new ObjectMapper().readTree(body).required("access_token").asText();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Keycloak did not answer with a token", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
