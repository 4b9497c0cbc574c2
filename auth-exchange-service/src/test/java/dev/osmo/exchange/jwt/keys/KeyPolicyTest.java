package dev.osmo.exchange.jwt.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.exchange.jwt.keys.KeyTransition.Activate;
import dev.osmo.exchange.jwt.keys.KeyTransition.CreateActive;
import dev.osmo.exchange.jwt.keys.KeyTransition.Erase;
import dev.osmo.exchange.jwt.keys.KeyTransition.ExtendRetention;
import dev.osmo.exchange.jwt.keys.KeyTransition.Publish;
import dev.osmo.exchange.jwt.material.KeyId;
import dev.osmo.exchange.jwt.material.SealedKey;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.exchange.testing.Settings;
import dev.osmo.http.start.StartRefused;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPolicyTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final KeyPolicy POLICY =
      new KeyPolicy(Duration.ofDays(30), Duration.ofHours(2), Duration.ofMinutes(7));

  @Test
  void the_first_key_signs_immediately() {
    assertThat(POLICY.next(now())).contains(new CreateActive());
  }

  @Test
  void a_young_active_key_keeps_signing() {
    assertThat(POLICY.next(now(key("a", KeyState.ACTIVE, Duration.ofDays(29))))).isEmpty();
  }

  @Test
  void the_next_key_is_published_early_enough_to_sign_in_time() {
    Duration due = Duration.ofDays(30).minusHours(2);

    assertThat(POLICY.next(now(key("a", KeyState.ACTIVE, due.minusSeconds(1))))).isEmpty();
    assertThat(POLICY.next(now(key("a", KeyState.ACTIVE, due)))).contains(new Publish());
  }

  @Test
  void a_pending_key_signs_only_after_it_was_published_long_enough() {
    StoredKey active = key("a", KeyState.ACTIVE, Duration.ofDays(400));

    assertThat(POLICY.next(now(active, key("p", KeyState.PENDING, Duration.ofMinutes(119)))))
        .isEmpty();
    assertThat(POLICY.next(now(active, key("p", KeyState.PENDING, Duration.ofHours(2)))))
        .contains(new Activate(new KeyId("p")));
  }

  @Test
  void without_an_active_key_the_pending_key_signs_at_any_age() {
    assertThat(POLICY.next(now(key("p", KeyState.PENDING, Duration.ZERO))))
        .contains(new Activate(new KeyId("p")));
  }

  @Test
  void a_retiring_key_is_published_until_its_last_jwt_has_expired() {
    StoredKey active = key("a", KeyState.ACTIVE, Duration.ofMinutes(7));

    assertThat(POLICY.next(now(key("r", KeyState.RETIRING, Duration.ofSeconds(419)), active)))
        .isEmpty();
    assertThat(POLICY.next(now(key("r", KeyState.RETIRING, Duration.ofMinutes(7)), active)))
        .contains(new Erase(new KeyId("r")));
  }

  @Test
  void a_lowered_setting_does_not_withdraw_a_key_of_valid_jwts() {
    KeyPolicy lower =
        new KeyPolicy(Duration.ofDays(30), Duration.ofHours(2), Duration.ofMinutes(1));
    StoredKey active = key("a", KeyState.ACTIVE, Duration.ofMinutes(6));

    assertThat(lower.next(now(key("r", KeyState.RETIRING, Duration.ofMinutes(6)), active)))
        .isEmpty();
  }

  @Test
  void a_longer_jwt_lifetime_is_recorded_before_signing() {
    KeyPolicy longer = new KeyPolicy(Duration.ofDays(30), Duration.ofHours(2), Duration.ofHours(1));
    StoredKey retiring = key("r", KeyState.RETIRING, Duration.ofDays(1));
    StoredKey active = key("a", KeyState.ACTIVE, Duration.ofDays(400));

    assertThat(longer.next(now(retiring, active)))
        .contains(new ExtendRetention(new KeyId("a"), Duration.ofHours(1)));
  }

  @Test
  void a_retiring_key_never_signs_again() {
    assertThat(POLICY.next(now(key("r", KeyState.RETIRING, Duration.ZERO))))
        .contains(new CreateActive());
  }

  @Test
  void by_default_verifiers_that_fetch_hourly_know_a_key_before_it_signs() {
    AuthExchangeConfig defaults = Settings.with(Map.of());

    KeyPolicy policy = KeyPolicy.of(defaults.jwt(), defaults.keys());

    assertThat(policy.publishAhead()).isGreaterThanOrEqualTo(Duration.ofHours(1).plusMinutes(1));
    assertThat(policy.retention())
        .isGreaterThan(defaults.jwt().ttl().plus(defaults.keys().staleAfter()));
  }

  @ParameterizedTest
  @CsvSource({
    "auth-exchange.keys.publish-ahead, PT2M, must be at least PT2M30S",
    "auth-exchange.keys.rotate-every, PT1H, must be longer than"
  })
  void inconsistent_durations_refuse_the_start(String key, String value, String sentence) {
    AuthExchangeConfig config = Settings.with(Map.of(key, value));

    assertThatThrownBy(() -> KeyPolicy.of(config.jwt(), config.keys()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(sentence);
  }

  private static StoredKeys now(StoredKey... keys) {
    return new StoredKeys(List.of(keys), NOW);
  }

  private static StoredKey key(String id, KeyState state, Duration age) {
    return new StoredKey(
        new SealedKey(new KeyId(id), "{}", Buffer.buffer()),
        state,
        NOW.minus(age),
        Duration.ofMinutes(7));
  }
}
