package dev.osmo.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTimeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-02T10:20:30.123456",
        "2026-11-02 10:20:30.123456",
        "2026-11-02T10:20:30.123456Z",
        "2026-11-02T10:20:30.123456+00:00",
        "2026-11-02T12:20:30.123456+02:00"
      })
  void a_time_with_or_without_a_zone_is_the_same_instant(String text) {
    assertThat(ServerTime.parse(text)).contains(Instant.parse("2026-11-02T10:20:30.123456Z"));
  }

  @Test
  void other_text_is_no_time() {
    assertThat(ServerTime.parse("-")).isEmpty();
    assertThat(ServerTime.parse("2026-13-02T00:00:00")).isEmpty();
  }
}
