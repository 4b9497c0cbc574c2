package dev.osmo.http.timeout;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that does not read a request before something else has responded. */
class RequestBodyTimeoutTest {

  private static final Duration DEADLINE = Duration.ofMillis(200);
  private static final long SERVICE_WAITS_MILLIS = 1500;
  private static final int PATIENCE_MILLIS = 120_000;

  private final Vertx vertx = Vertx.vertx();
  private HttpServer server;

  @BeforeEach
  void start() {
    Router router = Router.router(vertx);
    router.route().handler(new RequestBodyTimeout(vertx, DEADLINE)::watch);
    router.route().handler(this::respondLater);
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void respondLater(RoutingContext context) {
    context.request().pause();
    vertx.setTimer(SERVICE_WAITS_MILLIS, unused -> context.response().setStatusCode(503).end());
  }

  @Test
  void a_request_without_a_body_gets_its_response_however_late() throws IOException {
    assertThat(send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 503 ");
    assertThat(send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 503 ");
  }

  @Test
  void the_connection_of_a_body_that_does_not_arrive_is_closed() throws IOException {
    assertThat(send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx")).isEmpty();
  }

  private String send(String request) throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      client.setSoTimeout(PATIENCE_MILLIS);
      client.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(client.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
