package dev.osmo.token.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A stand-in for auth-exchange-service that publishes keys over HTTP and can be down. */
public final class Exchange implements AutoCloseable {

  public static final String ISSUER = "http://localhost:8080";
  public static final String AUDIENCE = "osmo";

  private final HttpServer server;
  private final SigningKey key = SigningKey.make();
  private final List<SigningKey> published = new CopyOnWriteArrayList<>(List.of(key));
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile boolean up;

  private Exchange(HttpServer server) {
    this.server = server;
  }

  public static Exchange startDown() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      Exchange exchange = new Exchange(server);
      server.createContext("/api/auth/keys", exchange::answer);
      server.start();
      return exchange;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void comeUp() {
    up = true;
  }

  public void goDown() {
    up = false;
  }

  public void publish(SigningKey another) {
    published.add(another);
  }

  public SigningKey key() {
    return key;
  }

  public int fetches() {
    return fetches.get();
  }

  public String keysUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/auth/keys";
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange request) throws IOException {
    fetches.incrementAndGet();
    byte[] body = keySet().getBytes(StandardCharsets.UTF_8);
    request.getResponseHeaders().set("Content-Type", "application/json");
    request.getResponseHeaders().set("Cache-Control", "public, max-age=60");
    request.sendResponseHeaders(up ? 200 : 503, body.length);
    request.getResponseBody().write(body);
    request.close();
  }

  private String keySet() {
    return "{\"keys\":["
        + String.join(",", published.stream().map(SigningKey::publicJwk).toList())
        + "]}";
  }
}
