package dev.osmo.exchange.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.exchange.exchange.Validation.Valid;
import dev.osmo.exchange.pat.StoredPat;
import dev.osmo.exchange.pat.StoredPatBuilder;
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
    NO_ROLES_LEFT,
    OWNER_MUST_SIGN_IN
  }

  @Test
  void a_valid_token_is_exchanged_for_a_jwt_of_the_full_lifetime() {
    assertThat(until(decide(validPat()))).isEqualTo(Instant.parse("2026-11-23T12:05:00Z"));
  }

  /** All 127 combinations of reasons against a token. */
  @ParameterizedTest
  @MethodSource("combinations")
  void of_several_reasons_the_first_is_given(EnumSet<Reason> reasons) {
    StoredPatBuilder pat = validPat();
    reasons.forEach(reason -> strike(pat, reason));

    Reason first = reasons.iterator().next();
    assertThat(reason(decide(pat))).isEqualTo(RefusalReason.valueOf(first.name()));
  }

  @Test
  @Tag("I3")
  void a_token_expires_at_its_expiry_and_not_after_it() {
    Instant noon = Instant.parse("2026-11-23T12:00:00Z");

    assertThat(reason(POLICY.decide(validPat().expiresAt(noon).build(), noon)))
        .isEqualTo(RefusalReason.EXPIRED);
    assertThat(until(POLICY.decide(validPat().expiresAt(noon).build(), noon.minusSeconds(1))))
        .isEqualTo(noon);
  }

  @Test
  @Tag("I3")
  void a_jwt_expires_with_its_token_or_secret_whichever_is_first() {
    assertThat(
            until(
                decide(validPat().expiresAt(NOW.plusSeconds(100)).validUntil(NOW.plusSeconds(50)))))
        .isEqualTo(Instant.parse("2026-11-23T12:00:50Z"));
    assertThat(
            until(
                decide(validPat().expiresAt(NOW.plusSeconds(50)).validUntil(NOW.plusSeconds(100)))))
        .isEqualTo(Instant.parse("2026-11-23T12:00:50Z"));
  }

  @Test
  @Tag("I3")
  void a_jwt_expires_at_the_latest_when_its_owner_must_sign_in() {
    assertThat(until(decide(validPat().signInDueAt(NOW.plusSeconds(70)))))
        .isEqualTo(Instant.parse("2026-11-23T12:01:10Z"));
    assertThat(reason(decide(validPat().signInDueAt(NOW.plusMillis(400)))))
        .isEqualTo(RefusalReason.OWNER_MUST_SIGN_IN);
  }

  @Test
  @Tag("I3")
  void a_jwt_that_would_expire_in_the_second_of_its_issue_is_refused() {
    assertThat(reason(decide(validPat().expiresAt(NOW.plusMillis(400)))))
        .isEqualTo(RefusalReason.EXPIRED);
    assertThat(reason(decide(validPat().validUntil(NOW.plusMillis(400)))))
        .isEqualTo(RefusalReason.ROTATED_OUT);
  }

  @Test
  @Tag("I3")
  void a_jwt_that_would_live_for_less_than_a_second_is_refused() {
    Instant late = Instant.parse("2026-11-23T12:00:00.900Z");
    Instant end = Instant.parse("2026-11-23T12:00:01Z");

    assertThat(reason(POLICY.decide(validPat().expiresAt(end).build(), late)))
        .isEqualTo(RefusalReason.EXPIRED);
    assertThat(reason(POLICY.decide(validPat().validUntil(end).build(), late)))
        .isEqualTo(RefusalReason.ROTATED_OUT);
    assertThat(until(POLICY.decide(validPat().expiresAt(end).build(), end.minusSeconds(1))))
        .isEqualTo(end);
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
      case OWNER_MUST_SIGN_IN -> pat.signInDueAt(NOW);
    }
  }

  private static StoredPatBuilder validPat() {
    return new StoredPatBuilder(NOW).expiresAt(NOW.plusSeconds(86_400)).roles("osmo-user");
  }

  private static RefusalReason reason(Validation validation) {
    return ((Refused) validation).reason();
  }

  private static Instant until(Validation validation) {
    return ((Valid) validation).until();
  }

  private static Validation decide(StoredPatBuilder pat) {
    StoredPat stored = pat.build();
    return POLICY.decide(stored, stored.readAt());
  }
}
