package dev.osmo.exchange.pat.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.People;
import dev.osmo.testkit.waiting.Patience;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More holders of unverified tokens at once than the verification queue accepts. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class VerificationQueueTest {

  private static final int THREADS = 2;
  private static final int MORE_THAN_MAY_WAIT = 16;
  private static final int ITERATIONS_THAT_TAKE_SECONDS = 150;

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  @Inject Argon2Pool argon2;
  @Inject MeterRegistry meters;

  @Test
  @Tag("I10")
  void a_request_above_the_verification_queue_gets_503_and_succeeds_later() {
    People people = new People(databaseUrl);
    List<IssuedPat> busy = pats(people, THREADS);
    busy.forEach(pat -> people.makeSlowAndForged(pat, ITERATIONS_THAT_TAKE_SECONDS));
    List<IssuedPat> waiting = pats(people, MORE_THAN_MAY_WAIT);
    long before = argon2.runs();

    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      busy.forEach(pat -> clients.execute(() -> Exchanges.exchange(pat)));
      await().atMost(Patience.LONG).until(() -> argon2.runs() == before + THREADS);
      List<CompletableFuture<Response>> answers =
          waiting.stream()
              .map(pat -> CompletableFuture.supplyAsync(() -> Exchanges.exchange(pat), clients))
              .toList();
      await().atMost(Patience.LONG).until(() -> queue() > 0);

      List<Response> all = answers.stream().map(CompletableFuture::join).toList();

      // On a busy machine some requests may wait too long for the database: that is another answer.
      List<Response> refused = all.stream().filter(VerificationQueueTest::isBusy).toList();
      assertThat(refused).isNotEmpty().hasSizeLessThan(MORE_THAN_MAY_WAIT);
      assertThat(refused).allSatisfy(VerificationQueueTest::isToldToRetry);
    }
    await()
        .atMost(Patience.LONG)
        .until(() -> waiting.stream().allMatch(pat -> Exchanges.exchange(pat).statusCode() == 200));
    assertThat(argon2.runs()).isEqualTo(before + THREADS + MORE_THAN_MAY_WAIT);
  }

  private static boolean isBusy(Response answer) {
    return "urn:osmo:problem:busy".equals(answer.path("type"));
  }

  private static void isToldToRetry(Response answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("2");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }

  private double queue() {
    return meters.get("osmo.argon2.queue").gauge().value();
  }

  private static List<IssuedPat> pats(People people, int count) {
    return IntStream.range(0, count)
        .mapToObj(unused -> people.pat(people.person("osmo-user")))
        .toList();
  }
}
