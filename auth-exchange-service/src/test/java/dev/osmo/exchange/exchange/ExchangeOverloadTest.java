package dev.osmo.exchange.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.pat.verification.VerifiedSecrets;
import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.People;
import dev.osmo.testkit.waiting.Patience;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The test takes the places of the exchanges in work. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
@Tag("I10")
class ExchangeOverloadTest {

  private static final int ITERATIONS_THAT_TAKE_SECONDS = 150;

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  @Inject ExchangeOverload overload;
  @Inject VerifiedSecrets secrets;

  private int taken;

  /** Other tests leave exchanges behind that nobody waits for, and Argon2 still runs for them. */
  @BeforeEach
  void awaitOtherExchanges() {
    await().atMost(Patience.LONG).until(() -> secrets.waiting() == 0);
  }

  @AfterEach
  void giveAll() {
    give(taken);
  }

  @Test
  void it_is_full_only_while_as_many_as_allowed_are_in_work() {
    take(overload.most() - 1);
    await().atMost(Patience.LONG).until(() -> !overload.isFull());

    take(1);
    assertThat(overload.isFull()).isTrue();

    give(1);
    assertThat(overload.isFull()).isFalse();
  }

  /** Many pods that start with the same new token wait for one run, which is no overload. */
  @Test
  void an_exchange_that_waits_for_argon2_does_not_count() {
    People people = new People(databaseUrl);
    IssuedPat slow = people.pat(people.person("osmo-user"));
    people.makeSlowAndForged(slow, ITERATIONS_THAT_TAKE_SECONDS);
    take(overload.most());
    assertThat(overload.isFull()).isTrue();

    CompletableFuture<Response> waiting =
        CompletableFuture.supplyAsync(() -> Exchanges.exchange(slow), Thread::startVirtualThread);
    await().atMost(Patience.LONG).until(() -> !overload.isFull());

    assertThat(waiting.join().statusCode()).isEqualTo(401);
    assertThat(overload.isFull()).isTrue();
  }

  @Test
  void only_exchanges_in_the_format_of_osmo_count() {
    assertThat(overload.limits(Exchanges.PATH)).isTrue();
    assertThat(overload.limits("/oauth2/token")).isFalse();
  }

  private void take(int places) {
    IntStream.range(0, places).forEach(unused -> overload.began());
    taken += places;
  }

  private void give(int places) {
    IntStream.range(0, places).forEach(unused -> overload.ended());
    taken -= places;
  }
}
