package dev.osmo.testkit.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Slow, idle and too many clients of one running service with {@link #shortDeadlines}. */
@Tag("I10")
public interface SlowClientsContract {

  int CONNECTIONS = 20;
  int PAUSE_MILLIS = 100;
  Duration PATIENCE = Patience.LONG;

  /**
   * The settings of the service under test.
   *
   * @param prefix the first part of the names of its own settings
   */
  static Map<String, String> shortDeadlines(String prefix) {
    return Map.of(
        prefix + ".socket.body-deadline",
        "PT1S",
        prefix + ".socket.answer-deadline",
        "PT2S",
        "quarkus.http.idle-timeout",
        "5s",
        "quarkus.http.limits.max-connections",
        Integer.toString(CONNECTIONS));
  }

  /** The running service. */
  ServiceProcess service();

  /** A public address that answers GET with 200. */
  String path();

  /** A public address that reads the body of a POST, and the type of that body. */
  String bodyPath();

  String bodyType();

  /** The service needs some time to notice that a client has closed its connection. */
  @AfterEach
  default void other_clients_are_served() {
    await().atMost(PATIENCE).ignoreExceptions().until(this::isServed);
  }

  /** The client is never idle: without a deadline it could continue without end. */
  @Test
  default void a_client_that_sends_slowly_is_disconnected() throws IOException {
    String post = "POST " + bodyPath() + " HTTP/1.1\r\n";
    String head = "Host: osmo.test\r\nContent-Type: " + bodyType() + "\r\n";
    for (String beginning :
        List.of(
            post + head + "Content-Length: 10000\r\n\r\n",
            post + "X-Slow: ",
            "",
            complete() + "GET /api")) {
      try (Socket client = connect()) {
        client.getOutputStream().write(beginning.getBytes(US_ASCII));
        client.setSoTimeout(PAUSE_MILLIS);

        await()
            .atMost(PATIENCE)
            .pollDelay(Duration.ZERO)
            .untilAsserted(
                () -> assertThat(isDisconnected(client)).as("after: %s", beginning).isTrue());
      }
    }
  }

  @Test
  default void an_idle_client_is_disconnected() throws IOException {
    try (Socket idle = connect()) {
      assertThat(idle.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  default void connections_above_the_limit_are_refused() throws IOException {
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS + 5; i++) {
        clients.add(connect());
      }

      assertThat(clients.stream().filter(this::isServed).count()).isBetween(1L, (long) CONNECTIONS);
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  /** Sends one more byte. */
  private static boolean isDisconnected(Socket client) {
    try {
      client.getOutputStream().write('a');
      client.getOutputStream().flush();
      while (client.getInputStream().read() != -1) {
        // The answer to a complete request.
      }
      return true;
    } catch (SocketTimeoutException stillConnected) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private String complete() {
    return "GET " + path() + " HTTP/1.1\r\nHost: osmo.test\r\n\r\n";
  }

  private boolean isServed() throws IOException {
    try (Socket client = connect()) {
      return isServed(client);
    }
  }

  private boolean isServed(Socket client) {
    try {
      client.getOutputStream().write(complete().getBytes(US_ASCII));
      return client.getInputStream().read() == 'H';
    } catch (IOException refused) {
      return false;
    }
  }

  private Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), service().address().getPort());
    client.setSoTimeout((int) PATIENCE.toMillis());
    return client;
  }
}
