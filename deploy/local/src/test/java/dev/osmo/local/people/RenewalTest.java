package dev.osmo.local.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RenewalTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private static Optional<Instant> expiresIn(int days) {
    return Optional.of(NOW.plus(Duration.ofDays(days)));
  }

  @Test
  void a_first_start_makes_an_admin_token() {
    assertThat(Renewal.adminTokenIsDue(false, Optional.empty(), NOW)).isTrue();
  }

  @Test
  void a_token_that_lives_90_days_stays() {
    assertThat(Renewal.adminTokenIsDue(true, expiresIn(90), NOW)).isFalse();
  }

  @Test
  void a_token_with_less_than_90_days_is_renewed() {
    assertThat(Renewal.adminTokenIsDue(true, expiresIn(89), NOW)).isTrue();
    assertThat(Renewal.adminTokenIsDue(true, expiresIn(-1), NOW)).isTrue();
  }

  @Test
  void a_lost_or_broken_file_is_replaced() {
    assertThat(Renewal.adminTokenIsDue(false, expiresIn(300), NOW)).isTrue();
  }

  @Test
  void a_file_that_waits_to_be_registered_is_kept() {
    assertThat(Renewal.adminTokenIsDue(true, Optional.empty(), NOW)).isFalse();
  }

  @Test
  void a_token_lives_a_year() {
    assertThat(Renewal.lastDay(NOW, NOW.plus(Duration.ofDays(500))))
        .isEqualTo(LocalDate.parse("2027-11-23"));
  }

  @Test
  void a_token_never_outlives_the_one_it_was_made_with() {
    Instant makersExpiry = NOW.plus(Duration.ofDays(100));

    LocalDate lastDay = Renewal.lastDay(NOW, makersExpiry);

    assertThat(lastDay).isEqualTo(LocalDate.parse("2027-03-03"));
    assertThat(lastDay.atStartOfDay().toInstant(java.time.ZoneOffset.UTC)).isBefore(makersExpiry);
  }
}
