package dev.osmo.exchange.jwt.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.exchange.jwt.keys.KeyMove.Activate;
import dev.osmo.exchange.jwt.keys.KeyMove.Begin;
import dev.osmo.exchange.jwt.keys.KeyMove.Extend;
import dev.osmo.exchange.jwt.keys.KeyMove.Forget;
import dev.osmo.exchange.jwt.keys.KeyMove.Publish;
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
  void where_there_is_no_key_one_signs_at_once() {
    assertThat(POLICY.next(now())).contains(new Begin());
  }

  @Test
  void a_young_active_key_goes_on() {
    assertThat(POLICY.next(now(key("a", KeyState.ACTIVE, Duration.ofDays(29))))).isEmpty();
  }

  @Test
  void the_next_key_is_published_so_early_that_it_can_sign_in_time() {
    Duration due = Duration.ofDays(30).minusHours(2);

    assertThat(POLICY.next(now(key("a", KeyState.ACTIVE, due.minusSeconds(1))))).isEmpty();
    assertThat(POLICY.next(now(key("a", KeyState.ACTIVE, due)))).contains(new Publish());
  }

  @Test
  void a_pending_key_signs_when_it_has_been_published_long_enough_and_not_before() {
    StoredKey active = key("a", KeyState.ACTIVE, Duration.ofDays(400));

    assertThat(POLICY.next(now(active, key("p", KeyState.PENDING, Duration.ofMinutes(119)))))
        .isEmpty();
    assertThat(POLICY.next(now(active, key("p", KeyState.PENDING, Duration.ofHours(2)))))
        .contains(new Activate(new KeyId("p")));
  }

  @Test
  void without_an_active_key_the_pending_one_must_do_however_young() {
    assertThat(POLICY.next(now(key("p", KeyState.PENDING, Duration.ZERO))))
        .contains(new Activate(new KeyId("p")));
  }

  @Test
  void a_retiring_key_stays_until_its_last_jwt_is_dead() {
    StoredKey active = key("a", KeyState.ACTIVE, Duration.ofMinutes(7));

    assertThat(POLICY.next(now(key("r", KeyState.RETIRING, Duration.ofSeconds(419)), active)))
        .isEmpty();
    assertThat(POLICY.next(now(key("r", KeyState.RETIRING, Duration.ofMinutes(7)), active)))
        .contains(new Forget(new KeyId("r")));
  }

  @Test
  void a_setting_that_is_lowered_does_not_end_a_key_under_living_jwts() {
    KeyPolicy lower =
        new KeyPolicy(Duration.ofDays(30), Duration.ofHours(2), Duration.ofMinutes(1));
    StoredKey active = key("a", KeyState.ACTIVE, Duration.ofMinutes(6));

    assertThat(lower.next(now(key("r", KeyState.RETIRING, Duration.ofMinutes(6)), active)))
        .isEmpty();
  }

  @Test
  void who_signs_longer_living_jwts_says_so_before_anything_else() {
    KeyPolicy longer = new KeyPolicy(Duration.ofDays(30), Duration.ofHours(2), Duration.ofHours(1));
    StoredKey retiring = key("r", KeyState.RETIRING, Duration.ofDays(1));
    StoredKey active = key("a", KeyState.ACTIVE, Duration.ofDays(400));

    assertThat(longer.next(now(retiring, active)))
        .contains(new Extend(new KeyId("a"), Duration.ofHours(1)));
  }

  @Test
  void a_retiring_key_never_signs_again() {
    assertThat(POLICY.next(now(key("r", KeyState.RETIRING, Duration.ZERO)))).contains(new Begin());
  }

  @Test
  void by_default_a_key_is_known_to_verifiers_that_ask_once_an_hour() {
    AuthExchangeConfig defaults = Settings.with(Map.of());

    KeyPolicy policy = KeyPolicy.of(defaults.jwt(), defaults.keys());

    assertThat(policy.publishAhead()).isGreaterThanOrEqualTo(Duration.ofHours(1).plusMinutes(1));
    assertThat(policy.afterlife())
        .isGreaterThan(defaults.jwt().ttl().plus(defaults.keys().staleAfter()));
  }

  @ParameterizedTest
  @CsvSource({
    "auth-exchange.keys.publish-ahead, PT2M, must be at least PT2M30S",
    "auth-exchange.keys.rotate-every, PT1H, must be longer than"
  })
  void times_that_cannot_work_end_the_start(String key, String value, String sentence) {
    AuthExchangeConfig config = Settings.with(Map.of(key, value));

    assertThatThrownBy(() -> KeyPolicy.of(config.jwt(), config.keys()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(sentence);
  }

  private static KeysNow now(StoredKey... keys) {
    return new KeysNow(List.of(keys), NOW);
  }

  private static StoredKey key(String id, KeyState state, Duration age) {
    return new StoredKey(
        new SealedKey(new KeyId(id), "{}", Buffer.buffer()),
        state,
        NOW.minus(age),
        Duration.ofMinutes(7));
  }
}
