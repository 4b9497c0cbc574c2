package dev.osmo.exchange.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.exchange.testing.Settings;
import dev.osmo.http.start.StartRefused;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {

  @Test
  void the_defaults_make_sense() {
    assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://osmo.test", "http://localhost:8080", "https://a/b"})
  void an_address_is_an_issuer(String issuer) {
    assertThatCode(() -> check(Map.of("auth-exchange.issuer", issuer))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @Tag("I9")
  @CsvSource({
    "issuer, osmo, an http or https address without query and fragment",
    "issuer, osmo.example.com, an http or https address without query and fragment",
    "issuer, ftp://osmo.test, an http or https address without query and fragment",
    "issuer, https:///path, an http or https address without query and fragment",
    "issuer, https://osmo.test?x, an http or https address without query and fragment",
    "issuer, https://osmo.test#x, an http or https address without query and fragment",
    "issuer, https://user@osmo.test, an http or https address without query and fragment",
    "issuer, https://osmo test, an http or https address without query and fragment",
    "issuer, https://osmo.test/, without a slash at the end",
    "jwt.max-bytes, 0, at least 1",
    "jwt.ttl, PT9S, between PT10S and PT1H",
    "jwt.ttl, PT1H0.001S, between PT10S and PT1H",
    "jwt.jwks-max-age, PT0.5S, at least a second",
    "jwt.jwks-max-age, PT-1M, at least a second",
    "keys.poll, PT0S, longer than zero",
    "keys.stale-after, PT5S, longer than keys.poll",
    "verification.threads, 0, at least 1",
    "verification.queue, -1, at least 1",
    "verification.remembered, 0, at least 1",
    "limits.failures-per-minute, 0, at least 1",
    "limits.sign-ins-per-minute, 0, at least 1",
    "limits.exchanges-per-minute, 0, at least 1",
    "limits.introspections-per-minute, -5, at least 1",
    "limits.remembered-addresses, 0, at least 1",
    "limits.remembered-tokens, 0, at least 1",
    "last-use.remembered, 0, at least 1",
    "last-use.every, PT0S, longer than zero",
    "last-use.patience, PT-1S, longer than zero",
    "token-service-url, token-service:8080, an http or https address without query and fragment",
    "sign-in.deadline, PT0S, longer than zero",
    "prune.every, PT0S, longer than zero",
    "prune.reconnect-pause, PT-1S, longer than zero",
    "socket.body-deadline, PT0S, longer than zero",
    "socket.answer-deadline, PT0S, longer than zero",
    "database.deadline, PT0S, longer than zero",
    "database.connect-timeout, PT0S, longer than zero",
    "database.silence, PT3S, longer than database.deadline",
  })
  void a_senseless_value_is_refused(String key, String value, String must) {
    assertThatThrownBy(() -> check(Map.of("auth-exchange." + key, value)))
        .isInstanceOf(StartRefused.class)
        .hasMessage("auth-exchange.%s is %s and must be %s.", key, value, must);
  }

  /** Otherwise the file would protect nothing. */
  @ParameterizedTest
  @Tag("I9")
  @ValueSource(strings = {"http://token-service:8080", ""})
  void authorities_of_token_service_need_an_https_address(String url) {
    Map<String, String> settings = new HashMap<>();
    settings.put("auth-exchange.token-service-ca-file", "/ca.crt");
    if (!url.isEmpty()) {
      settings.put("auth-exchange.token-service-url", url);
    }

    assertThatThrownBy(() -> check(settings))
        .isInstanceOf(StartRefused.class)
        .hasMessage(
            "auth-exchange.token-service-url is %s and must be an https address,"
                + " because token-service-ca-file is set.",
            url.isEmpty() ? "not set" : url);
  }

  @Test
  void identity_providers_need_the_address_of_token_service() {
    Map<String, String> providers = Map.of("auth-exchange.identity-providers-file", "/providers");
    Map<String, String> both = new HashMap<>(providers);
    both.put("auth-exchange.token-service-url", "http://token-service:8080");

    assertThatCode(() -> check(both)).doesNotThrowAnyException();
    assertThatThrownBy(() -> check(providers))
        .isInstanceOf(StartRefused.class)
        .hasMessage(
            "auth-exchange.token-service-url is not set and must be the address of token-service,"
                + " because there is a file of identity providers.");
  }

  @Test
  @Tag("I9")
  void a_missing_value_is_named() {
    assertThatThrownBy(() -> Settings.with(Map.of("auth-exchange.issuer", "")))
        .hasMessageContaining("auth-exchange.issuer");
  }

  private static void check(Map<String, String> settings) {
    new SettingsCheck(Settings.with(settings)).check();
  }
}
