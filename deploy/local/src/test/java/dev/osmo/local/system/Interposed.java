package dev.osmo.local.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A server in front of the stack that counts requests, and answers some of them itself. */
final class Interposed implements AutoCloseable {
  private static final Set<String> FORWARDED = Set.of("authorization", "content-type", "accept");

  /**
   * An answer instead of the stack's.
   *
   * @param isEndless more of the body follows until the client hangs up
   */
  record Answer(int status, Map<String, String> headers, String body, boolean isEndless) {
    Answer(int status, Map<String, String> headers, String body) {
      this(status, headers, body, false);
    }

    /** Its body never ends. */
    static Answer endless() {
      return new Answer(200, Map.of(), " ", true);
    }

    static Answer of(int status) {
      return new Answer(status, Map.of(), "");
    }

    static Answer redirect(int status, String location) {
      return new Answer(status, Map.of("Location", location), "");
    }
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private final String behind;
  private final HttpServer server;
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();

  Interposed(String behind) throws IOException {
    this.behind = behind;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  URI url(String path) {
    return url().resolve(path);
  }

  /** From now on, the path has this answer. */
  void answer(String path, Answer answer) {
    answers.put(path, answer);
  }

  void forward(String path) {
    answers.remove(path);
  }

  /** Method and path of each request. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  long count(String methodAndPath) {
    return requests.stream().filter(methodAndPath::equals).count();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.add(exchange.getRequestMethod() + " " + path);
      byte[] body = exchange.getRequestBody().readAllBytes();
      Answer own = answers.get(path);
      if (own != null) {
        own.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        if (own.isEndless()) {
          drip(exchange, own);
        }
        reply(exchange, own.status(), own.body().getBytes(StandardCharsets.UTF_8));
        return;
      }
      HttpResponse<byte[]> response = forwarded(exchange, body);
      response
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      reply(exchange, response.statusCode(), response.body());
    }
  }

  private HttpResponse<byte[]> forwarded(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(behind + exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                request.header(name, values.getFirst());
              }
            });
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Throws when the client has hung up. */
  private static void drip(HttpExchange exchange, Answer own) throws IOException {
    exchange.sendResponseHeaders(own.status(), 0);
    while (true) {
      exchange.getResponseBody().write(own.body().getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
