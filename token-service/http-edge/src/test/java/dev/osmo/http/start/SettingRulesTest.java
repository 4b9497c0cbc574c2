package dev.osmo.http.start;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingRulesTest {

  private static final SettingRules RULES = new SettingRules("service");

  @ParameterizedTest
  @ValueSource(
      strings = {"https://osmo.test", "https://osmo.test/", "http://localhost:8080", "https://a/b"})
  void an_address_of_a_server_is_accepted(String address) {
    assertThatCode(() -> RULES.requirePublicAddress("issuer", address)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "osmo",
        "osmo.example.com",
        "ftp://osmo.test",
        "https:///path",
        "https://osmo.test?x",
        "https://osmo.test#x",
        "https://user@osmo.test",
        "https://osmo test"
      })
  void another_address_stops_the_start(String address) {
    assertThatThrownBy(() -> RULES.requirePublicAddress("issuer", address))
        .isInstanceOf(StartRefused.class)
        .hasMessage(
            "service.issuer is %s and must be an http or https address without query and fragment.",
            address);
  }

  @Test
  void an_issuer_has_no_slash_at_the_end() {
    RULES.requireIssuer("issuer", "https://osmo.test");
    RULES.requireIssuer("issuer", "https://osmo.test/a/b");

    assertThatThrownBy(() -> RULES.requireIssuer("issuer", "https://osmo.test/"))
        .isInstanceOf(StartRefused.class)
        .hasMessage("service.issuer is https://osmo.test/ and must be without a slash at the end.");
    assertThatThrownBy(() -> RULES.requireIssuer("issuer", "osmo.test"))
        .hasMessageContaining("an http or https address");
  }

  @Test
  void a_count_is_at_least_one_and_a_time_is_positive_and_within_its_limit() {
    RULES.requireAtLeastOne("count", 1);
    RULES.requirePositive("time", Duration.ofMillis(1));
    RULES.requireAtMost("time", Duration.ofDays(1), Duration.ofDays(1), "at most a day");

    assertThatThrownBy(() -> RULES.requireAtLeastOne("count", 0))
        .hasMessage("service.count is 0 and must be at least 1.");
    assertThatThrownBy(() -> RULES.requirePositive("time", Duration.ZERO))
        .hasMessage("service.time is PT0S and must be longer than zero.");
    assertThatThrownBy(
            () ->
                RULES.requireAtMost(
                    "time", Duration.ofHours(25), Duration.ofDays(1), "at most a day"))
        .hasMessage("service.time is PT25H and must be at most a day.");
  }
}
