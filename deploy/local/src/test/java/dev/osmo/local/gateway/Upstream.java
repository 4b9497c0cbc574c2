package dev.osmo.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A service that responds with the request that it received, or with 304 if that has a version. */
record Upstream(HttpServer server) implements AutoCloseable {
  static Upstream start(String name) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> respond(name, exchange));
    server.start();
    return new Upstream(server);
  }

  int port() {
    return server.getAddress().getPort();
  }

  private static void respond(String name, HttpExchange exchange) throws IOException {
    JsonObject headers = new JsonObject();
    exchange
        .getRequestHeaders()
        .forEach((key, values) -> headers.put(key, String.join(" | ", values)));
    byte[] body =
        new JsonObject()
            .put("service", name)
            .put("method", exchange.getRequestMethod())
            .put("target", exchange.getRequestURI().toString())
            .put("headers", headers)
            .put(
                "body",
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
            .encode()
            .getBytes(StandardCharsets.UTF_8);
    if (exchange.getRequestHeaders().containsKey("If-None-Match")) {
      exchange.sendResponseHeaders(304, -1);
    } else if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(200, -1);
    } else {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
