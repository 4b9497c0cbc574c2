package dev.osmo.local.production;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.osmo.local.production.FailOverLoad.Replica;
import dev.osmo.testkit.waiting.Patience;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults that the load must notice, planted in a server that otherwise answers as the services. */
class FailOverLoadTest {
  private static final String ADMINISTRATOR = "administrator";

  /** The first answer to each token without the role is this instead of the right one. */
  private enum Fault {
    NONE,
    UNAVAILABLE,
    REMOVED_ROLE,
    NO_JWT
  }

  private static final List<String> ALL = List.of("osmo-user", "osmo-backend");
  private static final List<String> REMAINING = List.of("osmo-user");

  private final Map<String, List<String>> roles = new ConcurrentHashMap<>();
  private final Set<String> presented = ConcurrentHashMap.newKeySet();
  private volatile Fault fault = Fault.NONE;
  private HttpServer server;
  private FailOverLoad load;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    load = FailOverLoad.start(List.of(new Replica("direct", url, url)), ADMINISTRATOR);
  }

  @AfterEach
  void stop() {
    load.close();
    server.stop(0);
  }

  @Test
  void a_replica_that_obeys_every_change_passes() throws Exception {
    load.awaitChanges();
    load.stop();

    assertThatCode(load::verifyAll).doesNotThrowAnyException();
  }

  @Test
  void a_replica_that_is_first_unavailable_passes() throws Exception {
    load.awaitChanges();
    load.stop();
    plant(Fault.UNAVAILABLE);

    assertThatCode(load::verifyAll).doesNotThrowAnyException();
  }

  @Test
  void a_replica_that_first_answers_with_a_removed_role_fails() throws Exception {
    load.awaitChanges();
    load.stop();
    plant(Fault.REMOVED_ROLE);

    assertThatThrownBy(load::verifyAll)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ROLE_REMOVED");
  }

  @Test
  void a_malformed_answer_in_the_final_check_fails() throws Exception {
    load.awaitChanges();
    load.stop();
    plant(Fault.NO_JWT);

    assertThatThrownBy(load::verifyAll).isInstanceOf(RuntimeException.class);
  }

  @Test
  void a_malformed_answer_under_load_is_a_violation() throws Exception {
    load.awaitChanges();
    plant(Fault.NO_JWT);

    await()
        .atMost(Patience.LONG)
        .untilAsserted(
            () ->
                assertThatThrownBy(load::verify)
                    .hasMessageContaining("does not answer as documented"));
  }

  private void plant(Fault next) {
    presented.clear();
    fault = next;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/api/auth/jwt/access_token")) {
      present(exchange, new JsonObject(body).getString("token"));
      return;
    }
    String[] parts = path.split("/", -1);
    String token = parts.length > 4 ? "token-of-" + parts[4] : "";
    if (path.endsWith("/access_token/t") && exchange.getRequestMethod().equals("POST")) {
      roles.put(token, ALL);
    } else if (path.endsWith("/access_token/t")) {
      roles.remove(token);
    } else if (path.endsWith("/roles/osmo-backend")) {
      roles.put(token, REMAINING);
    }
    send(exchange, 200, '"' + token + '"');
  }

  private void present(HttpExchange exchange, String token) throws IOException {
    List<String> right = token.equals(ADMINISTRATOR) ? List.of("osmo-admin") : roles.get(token);
    if (right == null) {
      send(exchange, 401, "{}");
      return;
    }
    switch (right.equals(REMAINING) && presented.add(token) ? fault : Fault.NONE) {
      case UNAVAILABLE -> send(exchange, 503, "{}");
      case REMOVED_ROLE -> send(exchange, 200, jwt(ALL));
      case NO_JWT -> send(exchange, 200, new JsonObject().put("token", "no JWT").encode());
      case NONE -> send(exchange, 200, jwt(right));
    }
  }

  private static String jwt(List<String> roles) {
    String payload = new JsonObject().put("roles", new JsonArray(roles)).encode();
    return new JsonObject()
        .put(
            "token",
            "e30."
                + Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(payload.getBytes(StandardCharsets.UTF_8))
                + ".signature")
        .encode();
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
