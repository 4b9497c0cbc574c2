package dev.osmo.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which requests share a connection, and their time limit. */
class ConnectionsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]";
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Connections connections = new Connections(Duration.ofHours(1));
  private final AtomicInteger opened = new AtomicInteger();
  private ServerSocket server;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void a_repeatable_request_uses_the_connection_of_the_one_before() throws Exception {
    answerAlways(OK);

    send(false, LONG);
    send(true, LONG);
    send(true, LONG);

    assertThat(opened).hasValue(1);
  }

  @Test
  void a_request_that_must_not_be_repeated_has_its_own_connection() throws Exception {
    answerAlways(OK);

    send(true, LONG);
    send(false, LONG);

    assertThat(opened).hasValue(2);
  }

  @Test
  void a_connection_that_the_server_closes_is_not_used_again() throws Exception {
    answerAlways("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n[]");

    send(true, LONG);
    send(true, LONG);

    assertThat(opened).hasValue(2);
  }

  @Test
  void a_request_without_a_response_ends_with_its_limit() {
    assertThatThrownBy(() -> send(true, Duration.ofMillis(1))).isInstanceOf(TimeoutException.class);
  }

  private void send(boolean repeatable, Duration limit) throws Exception {
    Route route =
        new Route(
            new Endpoint("127.0.0.1", server.getLocalPort()), Optional.empty(), Optional.empty());
    HttpRequest request = new HttpRequest("GET", "/", Map.of(), new byte[0]);

    assertThat(connections.send(route, request, repeatable, limit).body()).hasSize(2);
  }

  private void answerAlways(String response) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              while (!server.isClosed()) {
                try {
                  Socket client = server.accept();
                  opened.incrementAndGet();
                  Thread.ofPlatform().daemon().start(() -> serve(client, response));
                } catch (IOException closed) {
                  return;
                }
              }
            });
  }

  private static void serve(Socket client, String response) {
    try (client) {
      StringBuilder request = new StringBuilder();
      for (int next = client.getInputStream().read();
          next >= 0;
          next = client.getInputStream().read()) {
        request.append((char) next);
        if (request.toString().endsWith("\r\n\r\n")) {
          request.setLength(0);
          client.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException closed) {
      // The client does not need it any more.
    }
  }
}
