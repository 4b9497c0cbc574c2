package dev.osmo.local.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.osmo.local.folder.DataFolder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * GitHub, GitLab and a Kubernetes cluster, as a workload and our services see them: a discovery
 * document, a key set, tokens with the subjects of their documentation, and GitHub's address for
 * the token of a job. All keys have the same {@code kid}.
 */
final class Platforms implements AutoCloseable {
  static final String GITHUB = "github";
  static final String GITLAB = "gitlab";
  static final String KUBERNETES = "kubernetes";

  private static final String JOB = "/job";

  private final HttpServer server;
  private final String audience;
  private final String bearerOfJobs = UUID.randomUUID().toString();
  private final Map<String, FileSigner> signers = new HashMap<>();
  private final Map<String, String> keySets = new HashMap<>();

  private Platforms(HttpServer server, String audience) {
    this.server = server;
    this.audience = audience;
  }

  /**
   * Makes the next start of the stack trust the three platforms too, by their names here.
   *
   * @param audience of the tokens, which is the address of the stack
   */
  static Platforms trustedBy(DataFolder folder, String audience) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Platforms platforms = new Platforms(server, audience);
    Path file = folder.trustedIssuers();
    JsonObject trusted =
        Files.exists(file)
            ? new JsonObject(Files.readString(file))
            : new JsonObject().put("issuers", new JsonArray());
    for (String name : new String[] {GITHUB, GITLAB, KUBERNETES}) {
      platforms.create(name, folder.root().resolve(name + "-keys.json"));
      trusted.getJsonArray("issuers").add(platforms.entry(name));
    }
    Files.writeString(file, trusted.encode());
    server.createContext("/", platforms::answer);
    server.start();
    return platforms;
  }

  private void create(String name, Path keys) throws IOException {
    signers.put(name, FileSigner.withKeySet(keys));
    keySets.put(name, Files.readString(keys));
  }

  private JsonObject entry(String name) {
    return new JsonObject()
        .put("name", name)
        .put("issuer", issuer(name))
        .put("audience", audience)
        .put("subjects", name);
  }

  String issuer(String name) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
  }

  /** A token of the platform for our services. */
  String token(String name, String subject) {
    return token(name, name, subject, audience);
  }

  /**
   * @param signer whose key signs
   */
  String token(String name, String signer, String subject, String audience) {
    long now = Instant.now().getEpochSecond();
    return signers
        .get(signer)
        .sign(
            Map.of(),
            new JsonObject()
                .put("iss", issuer(name))
                .put("aud", audience)
                .put("sub", subject)
                .put("iat", now)
                .put("exp", now + 600));
  }

  /** What GitHub gives to a job with the permission {@code id-token: write}. */
  Map<String, String> variablesOfJob(String subject) {
    return Map.of(
        "ACTIONS_ID_TOKEN_REQUEST_URL",
        issuer(GITHUB)
            + JOB
            + "?api-version=2.0&job="
            + URLEncoder.encode(subject, StandardCharsets.UTF_8),
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
        bearerOfJobs);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", 3);
    String name = path[1];
    if (path[2].equals("job")) {
      respond(exchange, tokenOfJob(exchange));
    } else if (path[2].equals("keys")) {
      respond(exchange, keySets.get(name));
    } else {
      JsonObject discovery =
          new JsonObject().put("issuer", issuer(name)).put("jwks_uri", issuer(name) + "/keys");
      respond(exchange, discovery.encode());
    }
  }

  /** Empty for another program than the job. */
  private String tokenOfJob(HttpExchange exchange) {
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    if (!("Bearer " + bearerOfJobs).equals(bearer)) {
      return "{}";
    }
    Map<String, String> query = new HashMap<>();
    for (String pair : exchange.getRequestURI().getRawQuery().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    String token = token(GITHUB, GITHUB, query.get("job"), query.get("audience"));
    return new JsonObject().put("count", 1).put("value", token).encode();
  }

  private static void respond(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
