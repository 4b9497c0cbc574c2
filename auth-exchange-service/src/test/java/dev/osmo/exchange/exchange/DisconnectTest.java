package dev.osmo.exchange.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.People;
import dev.osmo.testkit.waiting.Patience;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that disconnect at random moments. {@code -Ddisconnects=10000} sets how many. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class DisconnectTest {

  private static final int DISCONNECTS = Integer.getInteger("disconnects", 2_000);
  private static final long SEED = 20260101;
  private static final String IN_WORK = "http.server.active.requests";
  private static final int POOL = 16;
  private static final int OWN_TOKENS = 40;

  @TestHTTPResource URI service;

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  @Inject MeterRegistry meters;

  @Test
  @Tag("I10")
  void clients_that_disconnect_at_random_points_leak_neither_connections_nor_pool_slots() {
    People people = new People(databaseUrl);
    List<IssuedPat> pats =
        IntStream.range(0, OWN_TOKENS)
            .mapToObj(i -> people.pat(people.person("osmo-user")))
            .toList();
    Random random = new Random(SEED);

    IntStream.range(0, DISCONNECTS)
        .forEach(i -> disconnect(request(pats.get(i % OWN_TOKENS)), random));

    assertThat(meters.find(IN_WORK).gauges()).isNotEmpty();
    await().atMost(Patience.LONG).until(() -> requestsInWork() == 0);
    await().atMost(Patience.LONG).until(() -> sessions(people, "state <> 'idle'").isEmpty());
    assertThat(sessions(people, "true").size()).isLessThanOrEqualTo(POOL + 1);
    IssuedPat fresh = people.pat(people.person("osmo-user"));
    assertThat(
            IntStream.range(0, POOL * 4)
                .parallel()
                .mapToObj(i -> Exchanges.exchange(fresh).statusCode()))
        .containsOnly(200);
  }

  /** Sends a part of the request, may wait a moment, and resets the connection. */
  private void disconnect(byte[] request, Random random) {
    try (Socket client = new Socket(service.getHost(), service.getPort())) {
      client.setSoLinger(true, 0);
      client.getOutputStream().write(request, 0, random.nextInt(request.length + 1));
      client.getOutputStream().flush();
      if (random.nextBoolean()) {
        Thread.sleep(random.nextInt(4));
      }
    } catch (IOException e) {
      throw new AssertionError("the service takes no connection", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] request(IssuedPat pat) {
    String body = "{\"token\":\"%s\"}".formatted(pat.text());
    return """
        POST %s HTTP/1.1\r
        Host: osmo.test\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        %s"""
        .formatted(Exchanges.PATH, body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private double requestsInWork() {
    return meters.find(IN_WORK).gauges().stream().mapToDouble(gauge -> gauge.value()).sum();
  }

  private static List<String> sessions(People people, String which) {
    return people.query(
        "SELECT pid FROM pg_stat_activity WHERE usename = 'osmo_auth_exchange' AND " + which);
  }
}
