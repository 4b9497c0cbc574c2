package dev.osmo.exchange.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.exchange.testing.MigratedPostgres;
import dev.osmo.exchange.testing.ServiceProcess;
import dev.osmo.exchange.testing.ServiceSetup;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that take their time, hold on, or come in crowds; each deadline is short here. */
@Tag("I10")
class SlowClientsIT {

  private static final String HEAD =
      """
      POST /oauth2/token HTTP/1.1\r
      Host: osmo.test\r
      Content-Type: application/x-www-form-urlencoded\r
      Content-Length: 10000\r
      """;
  private static final String COMPLETE =
      """
      GET /api/auth/login HTTP/1.1\r
      Host: osmo.test\r
      \r
      """;
  private static final int CONNECTIONS = 20;
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int DRIP_MILLIS = 100;

  private static MigratedPostgres postgres;
  private static ServiceSetup setup;

  @BeforeAll
  static void startDatabase() {
    postgres = MigratedPostgres.start();
    setup = ServiceSetup.on(postgres);
  }

  @AfterAll
  static void stopDatabase() {
    postgres.close();
  }

  @Test
  void who_drips_is_hung_up_on_and_so_is_a_crowd_and_others_are_served() throws IOException {
    try (ServiceProcess service =
        start(
            Map.of(
                "auth-exchange.socket.body-deadline", "PT1S",
                "auth-exchange.socket.answer-deadline", "PT2S",
                "quarkus.http.limits.max-connections", Integer.toString(CONNECTIONS)))) {
      dripsUntilHungUp(service, HEAD + "\r\n");
      dripsUntilHungUp(service, "POST /oauth2/token HTTP/1.1\r\nX-Slow: ");
      dripsUntilHungUp(service, "");
      dripsUntilHungUp(service, COMPLETE + "GET /api");
      aCrowdGetsItsShareAndNoMore(service);
      assertThat(service.client().get("/api/auth/login").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void who_says_nothing_is_hung_up_on() throws IOException {
    try (ServiceProcess service = start(Map.of("quarkus.http.idle-timeout", "1s"));
        Socket silent = connect(service)) {
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
      assertThat(service.client().get("/api/auth/login").statusCode()).isEqualTo(200);
    }
  }

  /** Never idle: without a deadline this goes on until the request is complete, or for ever. */
  private static void dripsUntilHungUp(ServiceProcess service, String beginning)
      throws IOException {
    try (Socket client = connect(service)) {
      client.getOutputStream().write(beginning.getBytes(US_ASCII));
      client.setSoTimeout(DRIP_MILLIS);
      long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
      while (System.nanoTime() < end) {
        if (isHungUpOn(client)) {
          return;
        }
      }
      throw new AssertionError("it may drip on: " + beginning);
    }
  }

  private static boolean isHungUpOn(Socket client) {
    try {
      client.getOutputStream().write('a');
      client.getOutputStream().flush();
      while (client.getInputStream().read() != -1) {
        // an answer to what was complete
      }
      return true;
    } catch (SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private static void aCrowdGetsItsShareAndNoMore(ServiceProcess service) throws IOException {
    List<Socket> crowd = new ArrayList<>();
    try {
      int served = 0;
      for (int i = 0; i < CONNECTIONS + 5; i++) {
        Socket client = connect(service);
        crowd.add(client);
        served += isServed(client) ? 1 : 0;
      }
      assertThat(served).isBetween(1, CONNECTIONS);
    } finally {
      for (Socket client : crowd) {
        client.close();
      }
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

  private static Socket connect(ServiceProcess service) throws IOException {
    URI address = service.keys();
    Socket client = new Socket(address.getHost(), address.getPort());
    client.setSoTimeout(PATIENCE_MILLIS);
    return client;
  }

  private static ServiceProcess start(Map<String, String> settings) {
    return ServiceProcess.launch(setup, settings).awaitReady();
  }
}
