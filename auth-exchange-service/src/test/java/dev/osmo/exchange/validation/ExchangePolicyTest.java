package dev.osmo.exchange.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.exchange.pat.StoredPat;
import dev.osmo.exchange.pat.StoredPatBuilder;
import dev.osmo.exchange.validation.Decision.Denied;
import dev.osmo.exchange.validation.Decision.Permitted;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExchangePolicyTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.5Z");
  private static final ExchangePolicy POLICY = new ExchangePolicy(Duration.ofMinutes(5));

  /** In the order of precedence. */
  enum Reason {
    OWNER_DISABLED,
    REVOKED,
    EXPIRED,
    SUSPENDED,
    ROTATED_OUT,
    NO_ROLES_LEFT
  }

  @Test
  void a_living_token_is_exchanged_for_the_full_time() {
    assertThat(decide(alive())).isEqualTo(new Permitted(Instant.parse("2026-11-23T12:05:00Z")));
  }

  /** All 63 combinations of reasons against a token. */
  @ParameterizedTest
  @MethodSource("combinations")
  void of_many_reasons_the_first_is_told(EnumSet<Reason> reasons) {
    StoredPatBuilder pat = alive();
    reasons.forEach(reason -> strike(pat, reason));

    Reason first = reasons.iterator().next();
    assertThat(decide(pat)).isEqualTo(new Denied(Refusal.valueOf(first.name())));
  }

  @Test
  @Tag("I3")
  void a_token_is_over_at_its_end_not_after_it() {
    Instant noon = Instant.parse("2026-11-23T12:00:00Z");

    assertThat(POLICY.decide(alive().expiresAt(noon).build(), noon))
        .isEqualTo(new Denied(Refusal.EXPIRED));
    assertThat(POLICY.decide(alive().expiresAt(noon).build(), noon.minusMillis(1)))
        .isEqualTo(new Permitted(noon));
  }

  @Test
  @Tag("I3")
  void a_jwt_ends_with_the_token_or_the_secret_whichever_is_first() {
    assertThat(decide(alive().expiresAt(NOW.plusSeconds(100)).validUntil(NOW.plusSeconds(50))))
        .isEqualTo(new Permitted(Instant.parse("2026-11-23T12:00:50Z")));
    assertThat(decide(alive().expiresAt(NOW.plusSeconds(50)).validUntil(NOW.plusSeconds(100))))
        .isEqualTo(new Permitted(Instant.parse("2026-11-23T12:00:50Z")));
  }

  @Test
  @Tag("I3")
  void a_jwt_that_would_be_dead_in_the_second_it_is_issued_is_not_issued() {
    assertThat(decide(alive().expiresAt(NOW.plusMillis(400))))
        .isEqualTo(new Denied(Refusal.EXPIRED));
    assertThat(decide(alive().validUntil(NOW.plusMillis(400))))
        .isEqualTo(new Denied(Refusal.ROTATED_OUT));
  }

  static Stream<EnumSet<Reason>> combinations() {
    return IntStream.range(1, 1 << Reason.values().length).mapToObj(ExchangePolicyTest::reasons);
  }

  private static EnumSet<Reason> reasons(int bits) {
    BitSet chosen = BitSet.valueOf(new long[] {bits});
    return chosen.stream()
        .mapToObj(i -> Reason.values()[i])
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Reason.class)));
  }

  private static void strike(StoredPatBuilder pat, Reason reason) {
    switch (reason) {
      case OWNER_DISABLED -> pat.ownerDisabledAt(NOW);
      case REVOKED -> pat.revokedAt(NOW);
      case EXPIRED -> pat.expiresAt(NOW);
      case SUSPENDED -> pat.suspendedAt(NOW);
      case ROTATED_OUT -> pat.validUntil(NOW);
      case NO_ROLES_LEFT -> pat.roles();
    }
  }

  private static StoredPatBuilder alive() {
    return new StoredPatBuilder(NOW).expiresAt(NOW.plusSeconds(86_400)).roles("osmo-user");
  }

  private static Decision decide(StoredPatBuilder pat) {
    StoredPat stored = pat.build();
    return POLICY.decide(stored, stored.readAt());
  }
}
