import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Runs a command of {@code osmo} with a server that answers like osmo, so that an ahead-of-time
 * cache includes what every command with a server needs: HTTP, JSON and the output of a table.
 *
 * <p>usage: {@code java Training.java COMMAND...}
 */
final class Training {
  /** Valid in form, and of no use with a real server: it is a test vector. */
  private static final String TOKEN = "osmo_00000000000000000000000000002duGrq";

  private static final String TOKENS =
      """
      [{"id":"pat_0000000000000000000000","user_name":"user@example.com","token_name":"training","expires_at":null,
        "description":"Training","roles":["osmo-user"],"created_at":"2026-01-01T00:00:00Z","last_used_at":null,
        "state":"Active","reason":null}]
      """;

  private Training() {}

  public static void main(String[] command) throws IOException, InterruptedException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/auth/jwt/access_token", request -> respond(request, jwt()));
    server.createContext("/api/auth/access_token", request -> respond(request, TOKENS));
    server.start();
    ProcessBuilder training = new ProcessBuilder(List.of(command)).inheritIO();
    Map<String, String> environment = training.environment();
    environment.keySet().removeIf(name -> name.startsWith("OSMO_") || name.endsWith("_OPTIONS"));
    environment.put("OSMO_URL", "http://localhost:" + server.getAddress().getPort());
    environment.put("OSMO_TOKEN", TOKEN);
    environment.put("OSMO_CONFIG_FILE_DIR", "/nonexistent");
    environment.put("NO_PROXY", "localhost");
    environment.put("no_proxy", "localhost");
    int exitCode = training.start().waitFor();
    server.stop(0);
    System.exit(exitCode);
  }

  private static String jwt() {
    long now = Instant.now().getEpochSecond();
    return "{\"token\":\"%s.%s.c2lnbmF0dXJl\"}"
        .formatted(
            encoded("{\"alg\":\"none\"}"),
            encoded("{\"iat\":%d,\"exp\":%d}".formatted(now, now + 300)));
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static void respond(HttpExchange request, String json) throws IOException {
    request.getRequestBody().readAllBytes();
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    request.getResponseHeaders().set("Content-Type", "application/json");
    request.sendResponseHeaders(200, body.length);
    try (request) {
      request.getResponseBody().write(body);
    }
  }
}
