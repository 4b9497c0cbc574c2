package dev.osmo.exchange.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server whose responses a test decides: it stands for identity providers and for token-service
 * on the wire. It runs outside the class loader of the tests, so tests control it over HTTP through
 * {@link Script}.
 *
 * <p>{@code PUT /script?PATH} sets the response of a path, {@code GET /requests} returns what was
 * received, and {@code DELETE /script} forgets both.
 */
final class ScriptedServer implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int NOT_SCRIPTED = 404;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, JsonNode> permanent = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> scripts = new ConcurrentHashMap<>();
  private final List<ObjectNode> requests = new ArrayList<>();

  private ScriptedServer(HttpServer server) {
    this.server = server;
  }

  static ScriptedServer start() {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      ScriptedServer server = new ScriptedServer(http);
      http.createContext("/", server::respond);
      http.createContext("/script", server::script);
      http.createContext("/requests", server::recorded);
      http.setExecutor(server.threads);
      http.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A response that no test changes or forgets. */
  void always(String path, Reply reply) {
    permanent.put(path, reply.json());
  }

  private void script(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("DELETE")) {
      scripts.clear();
      synchronized (requests) {
        requests.clear();
      }
    } else {
      scripts.put(exchange.getRequestURI().getQuery(), JSON.readTree(exchange.getRequestBody()));
      synchronized (scripts) {
        scripts.notifyAll();
      }
    }
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private void recorded(HttpExchange exchange) throws IOException {
    ArrayNode all = JSON.createArrayNode();
    synchronized (requests) {
      all.addAll(requests);
    }
    send(exchange, 200, all.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void respond(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    ObjectNode request = JSON.createObjectNode().put("path", path).put("body", body);
    request.put("query", exchange.getRequestURI().getRawQuery());
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> request.put("header-" + name, String.join(",", values)));
    synchronized (requests) {
      requests.add(request);
    }
    JsonNode script = scripts.getOrDefault(path, permanent.get(path));
    if (script == null) {
      send(exchange, NOT_SCRIPTED, new byte[0]);
    } else {
      waitWhileHeld(path, script);
      send(exchange, script);
    }
  }

  private void send(HttpExchange exchange, JsonNode script) throws IOException {
    if (script.path("silent").asBoolean()) {
      waitForTheEnd();
    }
    script
        .path("headers")
        .properties()
        .forEach(
            header ->
                exchange.getResponseHeaders().set(header.getKey(), header.getValue().asText()));
    send(
        exchange,
        script.path("status").asInt(),
        script.path("body").asText().getBytes(StandardCharsets.UTF_8));
  }

  private void waitWhileHeld(String path, JsonNode script) {
    try {
      synchronized (scripts) {
        while (script.path("held").asBoolean() && script.equals(scripts.get(path))) {
          scripts.wait();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void waitForTheEnd() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A client that has read enough closes the connection. */
  private static void send(HttpExchange exchange, int status, byte[] body) {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException gone) {
      exchange.close();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
