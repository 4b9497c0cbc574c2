package dev.osmo.token.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.token.testing.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slow, idle and too many clients. The timeouts are short here. */
@Tag("I10")
class SlowClientsIT {

  private static final String BODY =
      "POST /api/auth/leaked HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10000\r\n\r\n";
  private static final String COMPLETE = "GET /api/version HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final int CONNECTIONS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int PAUSE_MILLIS = 100;

  private static Stage stage;
  private static ServiceProcess service;

  @BeforeAll
  static void start(@TempDir Path folder) {
    stage = Stage.set();
    stage.exchange().comeUp();
    Map<String, String> settings = stage.environment(folder, "t1");
    settings.put("TOKEN_SERVICE_SOCKET_BODY_DEADLINE", "PT1S");
    settings.put("TOKEN_SERVICE_SOCKET_ANSWER_DEADLINE", "PT2S");
    settings.put("QUARKUS_HTTP_IDLE_TIMEOUT", "5s");
    settings.put("QUARKUS_HTTP_LIMITS_MAX_CONNECTIONS", Integer.toString(CONNECTIONS));
    service = ServiceProcess.start(settings);
  }

  @AfterAll
  static void stop() {
    service.close();
    stage.close();
  }

  /** The service needs some time to notice that a client has closed its connection. */
  @AfterEach
  void other_clients_are_served() {
    await().atMost(PATIENCE).ignoreExceptions().until(SlowClientsIT::isServed);
  }

  /** The client is never idle: without a timeout it could continue without end. */
  @ParameterizedTest
  @ValueSource(
      strings = {BODY, "POST /api/auth/leaked HTTP/1.1\r\nX-Slow: ", "", COMPLETE + "GET /api"})
  void a_client_that_sends_slowly_is_disconnected(String beginning) throws IOException {
    try (Socket client = connect()) {
      client.getOutputStream().write(beginning.getBytes(US_ASCII));
      client.setSoTimeout(PAUSE_MILLIS);

      await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> isDisconnected(client));
    }
  }

  @Test
  void an_idle_client_is_disconnected() throws IOException {
    try (Socket idle = connect()) {
      assertThat(idle.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void connections_above_the_limit_are_refused() throws IOException {
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS + 5; i++) {
        clients.add(connect());
      }

      assertThat(clients.stream().filter(SlowClientsIT::isServed).count())
          .isBetween(1L, (long) CONNECTIONS);
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
        // The response to a complete request.
      }
      return true;
    } catch (SocketTimeoutException stillConnected) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private static boolean isServed() throws IOException {
    try (Socket client = connect()) {
      return isServed(client);
    }
  }

  private static boolean isServed(Socket client) {
    try {
      client.getOutputStream().write(COMPLETE.getBytes(US_ASCII));
      return client.getInputStream().read() == 'H';
    } catch (IOException refused) {
      return false;
    }
  }

  private static Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), service.address().getPort());
    client.setSoTimeout((int) PATIENCE.toMillis());
    return client;
  }
}
