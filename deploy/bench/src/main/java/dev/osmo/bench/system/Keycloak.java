package dev.osmo.bench.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.bench.load.Workload;
import dev.osmo.bench.load.Workload.Request;
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
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keycloak with one realm that signs with ES256, and one confidential client whose service account
 * has as many roles as our users.
 *
 * @see <a href="https://www.keycloak.org/server/all-config">Keycloak, all configuration</a>
 */
public final class Keycloak {

  private static final String REALM = "bench-realm.json";
  private static final String CLIENT = "client_id=bench&client_secret=bench-secret";
  private static final String TOKEN = "/realms/bench/protocol/openid-connect/token";

  private Keycloak() {}

  /**
   * The folder that the build unpacked.
   *
   * @throws IllegalStateException if the build has unpacked none
   */
  public static Path home() throws IOException {
    Path unpacked = Path.of("deploy", "bench", "target", "keycloak");
    if (Files.isDirectory(unpacked)) {
      try (DirectoryStream<Path> homes = Files.newDirectoryStream(unpacked, "keycloak-*")) {
        for (Path home : homes) {
          return home.toAbsolutePath();
        }
      }
    }
    throw new IllegalStateException("Keycloak is not in " + unpacked + "; run without --no-build.");
  }

  static Server start(Path home, String jdbcUrl, Path log) {
    List<Integer> ports = FreePorts.find(2);
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JAVA_OPTS_KC_HEAP", "-Xmx512m");
    environment.put("KC_DB", "postgres");
    environment.put("KC_DB_URL", jdbcUrl);
    environment.put("KC_DB_USERNAME", "keycloak");
    environment.put("KC_DB_PASSWORD", "keycloak");
    environment.put("KC_CACHE", "local");
    environment.put("KC_HTTP_ENABLED", "true");
    environment.put("KC_HTTP_HOST", "127.0.0.1");
    environment.put("KC_HTTP_PORT", ports.get(0).toString());
    environment.put("KC_HOSTNAME_STRICT", "false");
    try {
      Path imports = Files.createDirectories(home.resolve("data").resolve("import"));
      try (InputStream realm = Keycloak.class.getResourceAsStream(REALM)) {
        if (realm == null) {
          throw new IllegalStateException("the jar has no " + REALM);
        }
        Files.copy(realm, imports.resolve(REALM), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Server.start(
        "keycloak",
        List.of("sh", home.resolve("bin").resolve("kc.sh").toString(), "start", "--import-realm"),
        environment,
        ports.get(0),
        log);
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
