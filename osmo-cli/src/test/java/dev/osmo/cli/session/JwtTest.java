package dev.osmo.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.cli.output.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "300,0,true",
    "300,289,true",
    "300,290,false",
    "300,300,false",
    "20,17,true",
    "20,18,false",
    "0,0,false"
  })
  void it_is_fresh_until_shortly_before_it_expires(long lifetime, long age, boolean fresh) {
    Jwt jwt = new Jwt("a.b.c", NOW, Duration.ofSeconds(lifetime));

    assertThat(jwt.isFresh(NOW.plusSeconds(age))).isEqualTo(fresh);
  }

  @ParameterizedTest
  @CsvSource({"0,true", "4,true", "6,false", "86400,false"})
  void a_clock_that_was_set_back_makes_it_expire(long seconds, boolean fresh) {
    Jwt jwt = new Jwt("a.b.c", NOW, Duration.ofMinutes(5));

    assertThat(jwt.isFresh(NOW.minusSeconds(seconds))).isEqualTo(fresh);
  }

  @ParameterizedTest
  @ValueSource(longs = {-86400, -300, 0, 300, 86400})
  void its_lifetime_does_not_depend_on_the_local_clock(long skew) {
    long issued = NOW.getEpochSecond() + skew;

    Jwt jwt = Jwt.received(jwt("{\"iat\":%d,\"exp\":%d}".formatted(issued, issued + 300)), NOW);

    assertThat(jwt.lifetime()).isEqualTo(Duration.ofMinutes(5));
    assertThat(jwt.isFresh(NOW)).isTrue();
  }

  @Test
  void without_a_time_of_issue_its_lifetime_starts_now() {
    Jwt jwt = Jwt.received(jwt("{\"exp\":" + (NOW.getEpochSecond() + 100) + "}"), NOW);

    assertThat(jwt.lifetime()).isEqualTo(Duration.ofSeconds(100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"exp\":\"soon\"}", "[]", "7", "not json"})
  void without_a_numeric_expiration_it_is_unusable(String claims) {
    assertThatThrownBy(() -> Jwt.received(jwt(claims), NOW)).isInstanceOf(Failure.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a.b", "a.b.c.d", "a.b.c\r\nX-Evil: 1", "a b.c.d", "é.b.c"})
  void a_text_without_three_parts_never_reaches_a_header(String text) {
    assertThatThrownBy(() -> Jwt.received(text, NOW)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> new Jwt(text, NOW, Duration.ZERO)).isInstanceOf(Failure.class);
  }

  @Test
  void it_may_name_the_user() {
    assertThat(Jwt.received(jwt("{\"exp\":1,\"name\":\"bob\"}"), NOW).name()).contains("bob");
    assertThat(Jwt.received(jwt("{\"exp\":1,\"name\":7}"), NOW).name()).isEmpty();
    assertThat(Jwt.received(jwt("{\"exp\":1}"), NOW).name()).isEmpty();
  }

  private static String jwt(String claims) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return "e30." + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".c2ln";
  }
}
