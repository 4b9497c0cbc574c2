package dev.osmo.exchange.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.exchange.jwt.keys.SigningKeys;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.exchange.testing.ExchangeStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures what SmallRye JWT's builder would cost in place of our own composition of the same JWT.
 * Run it with
 *
 * <pre>
 * ./mvnw -pl auth-exchange-service -am test -Dtest=SigningCostTest \
 *   -Dsurefire.failIfNoSpecifiedTests=false -Dosmo.measure=true \
 *   -Djvm.flags=--enable-native-access=ALL-UNNAMED</pre>
 */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
@EnabledIfSystemProperty(named = "osmo.measure", matches = "true")
class SigningCostTest {

  /** Processor time: other programs on the machine do not count. */
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private static final int WARM_UP_ROUNDS = 40;
  private static final int ROUNDS = 200;
  private static final int SIGNATURES_A_ROUND = 200;

  @Inject JwtSigner signer;
  @Inject SigningKeys keys;
  @Inject AuthExchangeConfig config;

  private final JwtSubject subject =
      new JwtSubject(
          "user@example.com",
          new JwtOrigin.OfPat("pat_0000000000000000000001", UUID.randomUUID(), "my-token"),
          List.of("osmo-ml-team", "osmo-user"),
          null,
          Instant.now(),
          Instant.now().plusSeconds(300));

  @Test
  void the_builder_and_our_composer_in_alternating_rounds() {
    List<Double> builder = new ArrayList<>();
    List<Double> composed = new ArrayList<>();
    for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      double first = micros(round % 2 == 0 ? this::withBuilder : this::composed);
      double second = micros(round % 2 == 0 ? this::composed : this::withBuilder);
      if (round >= WARM_UP_ROUNDS) {
        builder.add(round % 2 == 0 ? first : second);
        composed.add(round % 2 == 0 ? second : first);
      }
    }
    System.out.printf(
        "processor µs per signature: builder %.2f, composed %.2f, difference %+.2f %% (median of %d rounds)%n",
        median(builder), median(composed), (median(builder) / median(composed) - 1) * 100, ROUNDS);
    assertThat(withBuilder()).hasSameSizeAs(composed());
  }

  private static double micros(Supplier<String> sign) {
    long start = CPU.getCurrentThreadCpuTime();
    int bytes = 0;
    for (int i = 0; i < SIGNATURES_A_ROUND; i++) {
      bytes += sign.get().length();
    }
    long nanos = CPU.getCurrentThreadCpuTime() - start;
    assertThat(bytes).isPositive();
    return nanos / 1000.0 / SIGNATURES_A_ROUND;
  }

  private static double median(List<Double> values) {
    Collections.sort(values);
    return values.get(values.size() / 2);
  }

  private String composed() {
    return signer.sign(subject).orElseThrow().text();
  }

  private String withBuilder() {
    return BuiltJwt.sign(subject, UUID.randomUUID().toString(), keys.signing(), config);
  }
}
