package dev.osmo.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.osmo.pat.PatText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An OSMO server with one token, which follows the rules of a rotation: the older secret stays
 * valid; it may rotate again while the newer one was never exchanged, which is then replaced.
 */
final class RotatingServer implements AutoCloseable {
  private static final class Secret {
    private final PatText text = PatText.random(new SecureRandom());
    private boolean live = true;
    private boolean used;
  }

  private final HttpServer http;
  private final List<Secret> secrets = new ArrayList<>(List.of(new Secret()));
  private final Duration renewable;
  private final AtomicBoolean losesNextResponse = new AtomicBoolean();
  private volatile CountDownLatch go = new CountDownLatch(0);
  private Instant expiry;
  private int rotations;

  RotatingServer(Duration life, Duration renewable) throws IOException {
    this.renewable = renewable;
    this.expiry = Instant.now().plus(life).truncatedTo(ChronoUnit.SECONDS);
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    http.createContext("/", this::handle);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.start();
  }

  String url() {
    return "http://localhost:" + http.getAddress().getPort();
  }

  synchronized String firstSecret() {
    return secrets.getFirst().text.text();
  }

  /** Whether the secret can be exchanged. */
  synchronized boolean accepts(String text) {
    return find(text).filter(secret -> secret.live).isPresent();
  }

  synchronized int rotations() {
    return rotations;
  }

  synchronized Instant expiry() {
    return expiry;
  }

  /** The next rotation is made, but the client does not learn it. */
  void loseNextResponse() {
    losesNextResponse.set(true);
  }

  /** Rotations wait for this. */
  void hold(CountDownLatch latch) {
    go = latch;
  }

  /** A rotation by another client with the first secret, whose result nobody keeps. */
  synchronized String rotateElsewhere() {
    return rotated(secrets.getFirst()).orElseThrow();
  }

  private synchronized Optional<Secret> find(String text) {
    return secrets.stream().filter(secret -> text.contains(secret.text.text())).findFirst();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    if (path.endsWith("/jwt/access_token")) {
      exchange(exchange, body);
    } else if (path.endsWith("/self/rotate")) {
      rotate(exchange);
    } else {
      respond(exchange, 200, token());
    }
  }

  private synchronized String token() {
    return "{\"id\":\"pat_1\",\"expires_at\":\"%s\",\"renewable_until\":\"%s\"}"
        .formatted(expiry, Instant.now().plus(renewable));
  }

  private void exchange(HttpExchange exchange, String body) throws IOException {
    Optional<Secret> secret = find(body).filter(each -> each.live);
    if (secret.isEmpty()) {
      respond(exchange, 401, "{\"type\":\"urn:osmo:problem:invalid-token\",\"message\":\"No\"}");
      return;
    }
    String jwt;
    synchronized (this) {
      secret.get().used = true;
      jwt = FakeJwt.livingFor(300, distinct(secret.get()));
    }
    respond(exchange, 200, "{\"token\":\"" + jwt + "\"}");
  }

  private void rotate(HttpExchange exchange) throws IOException {
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    try {
      go.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    Optional<String> made;
    synchronized (this) {
      Secret caller =
          secrets.stream()
              .filter(each -> claims(bearer).contains(distinct(each)))
              .findFirst()
              .orElseThrow();
      made = rotated(caller);
      if (made.isPresent()) {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        expiry = query.startsWith("expires_at=") ? Instant.parse(query.substring(11)) : expiry;
      }
    }
    if (losesNextResponse.compareAndSet(true, false)) {
      exchange.close();
    } else if (made.isEmpty()) {
      respond(
          exchange, 409, "{\"type\":\"urn:osmo:problem:newer-secret-in-use\",\"message\":\"No\"}");
    } else {
      respond(exchange, 201, "{\"id\":\"pat_1\",\"token\":\"" + made.get() + "\"}");
    }
  }

  private static String claims(String bearer) {
    return new String(
        Base64.getUrlDecoder().decode(bearer.split("\\.", -1)[1]), StandardCharsets.UTF_8);
  }

  /** What a JWT contains of its secret. */
  private static String distinct(Secret secret) {
    return secret.text.text().substring(20);
  }

  private synchronized Optional<String> rotated(Secret caller) {
    Secret newest = secrets.getLast();
    if (!newest.equals(caller)) {
      if (newest.used && newest.live) {
        return Optional.empty();
      }
      newest.live = false;
    } else {
      secrets.stream().filter(each -> !each.equals(caller)).forEach(each -> each.live = false);
    }
    secrets.add(new Secret());
    rotations++;
    return Optional.of(secrets.getLast().text.text());
  }

  private static void respond(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
