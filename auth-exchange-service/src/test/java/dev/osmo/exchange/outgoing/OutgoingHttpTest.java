package dev.osmo.exchange.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.osmo.exchange.outgoing.Answer.Json;
import dev.osmo.testkit.waiting.Patience;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests over real connections. */
class OutgoingHttpTest {

  private static final Duration DEADLINE = Patience.LONG;
  private static final Duration KEPT_IDLE = Duration.ofSeconds(1);
  private static final Duration SLOW = Duration.ofMillis(2500);

  private final Vertx vertx = Vertx.vertx();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/fast", exchange -> answer(exchange, Duration.ZERO));
    server.createContext("/slow", exchange -> answer(exchange, SLOW));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** An idle timeout of the connection would count from the first response. */
  @Test
  void a_slow_response_on_a_connection_that_was_used_before_arrives() {
    OutgoingHttp http =
        new OutgoingHttp(vertx, new ObjectMapper(), DEADLINE, KEPT_IDLE, Optional.empty());

    Answer first = send(http, "/fast");
    Answer second = send(http, "/slow");

    assertThat(first).isInstanceOf(Json.class);
    assertThat(second).isInstanceOf(Json.class);
  }

  private Answer send(OutgoingHttp http, String path) {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    vertx
        .getOrCreateContext()
        .runOnContext(
            unused ->
                http.send(OutgoingRequest.get(address))
                    .subscribe()
                    .with(answer::complete, answer::completeExceptionally));
    return answer.join();
  }

  private static void answer(HttpExchange exchange, Duration delay) throws IOException {
    try (exchange) {
      Thread.sleep(delay);
      byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
