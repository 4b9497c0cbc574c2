package dev.osmo.exchange.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.process.ServiceProcess;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slow, idle and too many clients of one running service. Its deadlines are short here. */
@Tag("I10")
class SlowClientsIT {

  private static final String HEAD =
      """
      POST /oauth2/token HTTP/1.1\r
      Host: osmo.test\r
      Content-Type: application/x-www-form-urlencoded\r
      Content-Length: 10000\r
      """;
  private static final String COMPLETE = "GET /api/auth/login HTTP/1.1\r\nHost: osmo.test\r\n\r\n";
  private static final int CONNECTIONS = 20;
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final int PAUSE_MILLIS = 100;

  private static MigratedPostgres postgres;
  private static ServiceProcess service;

  @BeforeAll
  static void start() {
    postgres = MigratedPostgres.start();
    service =
        ServiceProcess.start(
            ServiceSetup.on(postgres)
                .with(
                    Map.of(
                        "auth-exchange.socket.body-deadline", "PT1S",
                        "auth-exchange.socket.answer-deadline", "PT2S",
                        "quarkus.http.idle-timeout", "5s",
                        "quarkus.http.limits.max-connections", Integer.toString(CONNECTIONS))));
  }

  @AfterAll
  static void stop() {
    service.close();
    postgres.close();
  }

  /** The service needs some time to notice that a client has closed its connection. */
  @AfterEach
  void other_clients_are_served() {
    await().atMost(DEADLINE).ignoreExceptions().until(SlowClientsIT::isServed);
  }

  /** The client is never idle: without a deadline it could continue without end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        HEAD + "\r\n",
        "POST /oauth2/token HTTP/1.1\r\nX-Slow: ",
        "",
        COMPLETE + "GET /api",
      })
  void a_client_that_sends_slowly_is_disconnected(String beginning) throws IOException {
    try (Socket client = connect()) {
      client.getOutputStream().write(beginning.getBytes(US_ASCII));
      client.setSoTimeout(PAUSE_MILLIS);

      await().atMost(DEADLINE).pollDelay(Duration.ZERO).until(() -> isDisconnected(client));
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
        // The answer to a complete request.
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
    URI address = service.address();
    Socket client = new Socket(address.getHost(), address.getPort());
    client.setSoTimeout((int) DEADLINE.toMillis());
    return client;
  }
}
