package dev.osmo.token.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The expected texts are what Python's datetime and pydantic, which OSMO uses, write. */
class OsmoTimeTest {

  private static final Instant HALF = Instant.parse("2026-11-02T10:00:00.5Z");
  private static final Instant SECOND = Instant.parse("2026-11-02T10:00:00Z");

  @Test
  void a_fraction_has_six_digits_or_is_omitted() {
    assertThat(OsmoTime.zoned(HALF)).isEqualTo("2026-11-02T10:00:00.500000Z");
    assertThat(OsmoTime.zoned(SECOND)).isEqualTo("2026-11-02T10:00:00Z");
    assertThat(OsmoTime.zoned(SECOND.plusNanos(999))).isEqualTo("2026-11-02T10:00:00Z");
    assertThat(OsmoTime.withOffset(HALF)).isEqualTo("2026-11-02T10:00:00.500000+00:00");
    assertThat(OsmoTime.withOffset(SECOND)).isEqualTo("2026-11-02T10:00:00+00:00");
  }

  @Test
  void an_expiry_has_neither_zone_nor_fraction() {
    assertThat(OsmoTime.zoneless(HALF)).isEqualTo("2026-11-02T10:00:00");
  }

  @Test
  void every_instant_in_a_response_has_this_form() throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    new TokenJson().customize(mapper);

    assertThat(mapper.writeValueAsString(HALF)).isEqualTo("\"2026-11-02T10:00:00.500000Z\"");
  }
}
