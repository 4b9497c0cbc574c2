package dev.osmo.token.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidityTest {

  private static final Validity JWT = new Validity(1000, 1000, 1300);

  @ParameterizedTest
  @CsvSource({"994, false", "995, true", "1000, true", "1304, true", "1305, false"})
  void a_jwt_is_valid_with_five_seconds_of_leeway(long databaseTime, boolean valid) {
    assertThat(JWT.includes(Instant.ofEpochSecond(databaseTime))).isEqualTo(valid);
  }

  @Test
  void a_jwt_from_the_future_is_not_valid() {
    assertThat(new Validity(0, 1006, 1300).includes(Instant.ofEpochSecond(1000))).isFalse();
    assertThat(new Validity(1006, 0, 1300).includes(Instant.ofEpochSecond(1000))).isFalse();
    assertThat(new Validity(0, Long.MAX_VALUE, Long.MAX_VALUE).includes(Instant.EPOCH)).isFalse();
  }

  /** The database reads its clock at some moment between the statement and its result. */
  @ParameterizedTest
  @CsvSource({"100, PT0S", "105, PT0S", "110, PT0S", "113, PT3S", "98, PT-2S"})
  void the_time_on_the_way_is_not_a_difference_of_the_clocks(long database, Duration ahead) {
    assertThat(
            ClockDifference.ahead(
                Instant.ofEpochSecond(100),
                Instant.ofEpochSecond(database),
                Instant.ofEpochSecond(110)))
        .isEqualTo(ahead);
  }
}
