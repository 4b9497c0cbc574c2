package dev.osmo.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("I9")
class StrictAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"/a?expires_in=1d;roles=", "/a?;", "/a?x=1&EXPIRES_IN=1d;ROLES=", "/a;b?c=d;e"})
  void a_semicolon_in_the_query_is_refused(String target) {
    assertThat(StrictAddress.flawOf(target))
        .hasValueSatisfying(refusal -> assertThat(refusal.detail()).contains("\";\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a?d=%ff",
        "/a?d=%C3",
        "/%c0%af",
        "/a?d=%",
        "/a?d=%4",
        "/a?d=%zz",
        "/a?d=%ed%a0%80"
      })
  void percent_encoding_that_is_not_utf_8_is_refused(String target) {
    assertThat(StrictAddress.flawOf(target))
        .hasValueSatisfying(refusal -> assertThat(refusal.detail()).contains("UTF-8"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a;b",
        "/a?d=%3B",
        "/a?d=Caf%C3%A9&e=%F0%9F%98%80+x",
        "/",
        "/a?d=é",
        "*",
        "/a?d=%25"
      })
  void an_address_with_one_reading_is_accepted(String target) {
    assertThat(StrictAddress.flawOf(target)).isEmpty();
  }
}
