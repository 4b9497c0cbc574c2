package dev.osmo.exchange.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.pat.PatText;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.waiting.Patience;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A service that may have 128 exchanges in work, while the test holds the table that they read. */
@Tag("I10")
class ExchangesInWorkIT {

  private static final int EVENT_LOOPS = 2;
  private static final int PLACES = 64 * EVENT_LOOPS;
  private static final int MORE = 60;

  private static final Pattern REFUSED_BY_THE_SERVER =
      Pattern.compile(
          "^http_server_requests_seconds_count\\{.*status=\"503\".*} ([0-9.]+)$",
          Pattern.MULTILINE);

  private static MigratedPostgres postgres;
  private static ServiceProcess service;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    postgres = MigratedPostgres.start();
    service =
        ServiceProcess.start(
            ServiceSetup.on(postgres)
                .with(
                    Map.of(
                        "quarkus.vertx.event-loops-pool-size",
                        Integer.toString(EVENT_LOOPS),
                        "auth-exchange.database.waiting",
                        Integer.toString(PLACES),
                        "auth-exchange.limits.failures-per-minute",
                        "10000",
                        "auth-exchange.database.deadline",
                        "PT10M",
                        "auth-exchange.database.silence",
                        "PT11M")));
  }

  @AfterAll
  static void stop() {
    service.close();
    postgres.close();
  }

  @Test
  void an_exchange_takes_its_place_before_the_server_reads_it() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> exchanges;
    try (Connection holder = postgres.connectAsSuperuser();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("LOCK TABLE osmo.access_token_secret IN ACCESS EXCLUSIVE MODE");

      exchanges = Stream.generate(this::exchange).limit(PLACES + MORE).toList();
      // Both event loops may give the last place away.
      await()
          .atMost(Patience.LONG)
          .untilAsserted(
              () -> assertThat(answered(exchanges)).hasSizeGreaterThanOrEqualTo(MORE - 1));

      assertThat(answered(exchanges))
          .allSatisfy(response -> assertThat(response.statusCode()).isEqualTo(503));
      assertThat(refusalsByTheServer()).isZero();
      holder.rollback();
    }

    CompletableFuture.allOf(exchanges.toArray(CompletableFuture[]::new)).join();
    assertThat(exchanges.stream().filter(exchange -> exchange.join().statusCode() == 401))
        .hasSizeBetween(PLACES, PLACES + 1);
    assertThat(exchange().join().statusCode()).isEqualTo(401);
  }

  private CompletableFuture<HttpResponse<String>> exchange() {
    String token = PatText.random(new SecureRandom()).text();
    HttpRequest request =
        HttpRequest.newBuilder(service.address().resolve(Exchanges.PATH))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"token\":\"" + token + "\"}", UTF_8))
            .build();
    return client.sendAsync(request, BodyHandlers.ofString());
  }

  private static List<HttpResponse<String>> answered(
      List<CompletableFuture<HttpResponse<String>>> exchanges) {
    return exchanges.stream()
        .filter(CompletableFuture::isDone)
        .map(CompletableFuture::join)
        .toList();
  }

  private static double refusalsByTheServer() {
    Matcher counted = REFUSED_BY_THE_SERVER.matcher(service.metrics());
    return counted.find() ? Double.parseDouble(counted.group(1)) : 0;
  }
}
