package dev.osmo.token.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** A receiver of webhooks with two secrets. It keeps what it gets and answers as it is told. */
public final class WebhookInbox implements AutoCloseable {

  public static final String NAME = "inbox";
  public static final byte[] SECRET =
      "the-secret-of-the-receiver-01".getBytes(StandardCharsets.UTF_8);
  public static final byte[] NEXT_SECRET =
      "the-next-secret-of-the-receiver-02".getBytes(StandardCharsets.UTF_8);

  private static final String PATH = "/hook";

  /** One request. */
  public record Received(
      String path, String id, String timestamp, String signature, String type, String body) {}

  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Lock gate = new ReentrantLock();
  private volatile int status = 204;
  private volatile Duration delay = Duration.ZERO;

  private WebhookInbox(HttpServer server) {
    this.server = server;
  }

  public static WebhookInbox open() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      WebhookInbox inbox = new WebhookInbox(server);
      server.createContext("/", inbox::receive);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return inbox;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
  }

  /** The operator's file, which names this receiver only. */
  public Path webhooksFile() {
    return webhooksFile(Map.of(NAME, this));
  }

  /** The operator's file, which names these receivers in this order. */
  public static Path webhooksFile(Map<String, WebhookInbox> inboxes) {
    return file(
        "webhooks",
        inboxes.entrySet().stream()
            .map(
                one ->
                    "{\"name\": \"%s\", \"url\": \"%s\", \"secret_file\": \"%s\"}"
                        .formatted(one.getKey(), one.getValue().url(), secretFile()))
            .collect(Collectors.joining(", ", "{\"webhooks\": [", "]}")));
  }

  public static Path secretFile() {
    return file("webhook-secret", line(SECRET) + line(NEXT_SECRET));
  }

  private static String line(byte[] secret) {
    return "whsec_" + Base64.getEncoder().encodeToString(secret) + "\n";
  }

  private static Path file(String name, String text) {
    try {
      Path file = Files.createTempFile(name, ".txt");
      file.toFile().deleteOnExit();
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The status of the responses from now on. A redirect leads to another path here. */
  public void answerWith(int newStatus) {
    status = newStatus;
  }

  /** It accepts requests from now on only after so much time. */
  public void answerAfter(Duration newDelay) {
    delay = newDelay;
  }

  /** While it is held, requests are received and not answered. */
  public Lock gate() {
    return gate;
  }

  public List<Received> received() {
    return List.copyOf(received);
  }

  /** What it received about one token. */
  public List<Received> about(String patId) {
    return received.stream().filter(one -> one.body().contains('"' + patId + '"')).toList();
  }

  private void receive(HttpExchange request) throws IOException {
    try (request) {
      var headers = request.getRequestHeaders();
      received.add(
          new Received(
              request.getRequestURI().getPath(),
              headers.getFirst("webhook-id"),
              headers.getFirst("webhook-timestamp"),
              headers.getFirst("webhook-signature"),
              headers.getFirst("Content-Type"),
              new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      Thread.sleep(delay);
      gate.lock();
      try {
        request.getResponseHeaders().add("Location", "/elsewhere");
        request.sendResponseHeaders(status, -1);
      } finally {
        gate.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
