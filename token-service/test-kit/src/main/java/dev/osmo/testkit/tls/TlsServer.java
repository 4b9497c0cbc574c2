package dev.osmo.testkit.tls;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A server with the certificate of a {@link TestAuthority}. It gives every request one answer. */
public final class TlsServer implements AutoCloseable {
  private final HttpsServer server;

  private TlsServer(HttpsServer server) {
    this.server = server;
  }

  /** Listens on 127.0.0.1. */
  public static TlsServer start(TestAuthority authority, String answer) throws IOException {
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(authority.serverContext()));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    return new TlsServer(server);
  }

  /** Its address under this name, which may be another than that of its certificate. */
  public URI address(String host) {
    return URI.create("https://%s:%d/".formatted(host, server.getAddress().getPort()));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
