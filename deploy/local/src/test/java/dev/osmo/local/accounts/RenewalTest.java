package dev.osmo.local.accounts;

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
  void the_first_start_creates_a_token() {
    assertThat(Renewal.adminTokenIsDue(false, Optional.empty(), NOW)).isTrue();
  }

  @Test
  void a_token_that_expires_in_90_days_is_kept() {
    assertThat(Renewal.adminTokenIsDue(true, expiresIn(90), NOW)).isFalse();
  }

  @Test
  void a_token_that_expires_within_90_days_is_renewed() {
    assertThat(Renewal.adminTokenIsDue(true, expiresIn(89), NOW)).isTrue();
    assertThat(Renewal.adminTokenIsDue(true, expiresIn(-1), NOW)).isTrue();
  }

  @Test
  void a_missing_or_malformed_file_is_replaced() {
    assertThat(Renewal.adminTokenIsDue(false, expiresIn(300), NOW)).isTrue();
  }

  @Test
  void a_token_that_is_not_registered_yet_is_kept() {
    assertThat(Renewal.adminTokenIsDue(true, Optional.empty(), NOW)).isFalse();
  }

  @Test
  void a_token_expires_after_a_year() {
    assertThat(Renewal.expiryDate(NOW, NOW.plus(Duration.ofDays(500))))
        .isEqualTo(LocalDate.parse("2027-11-23"));
  }

  @Test
  void a_token_never_expires_after_the_token_that_created_it() {
    Instant adminExpiry = NOW.plus(Duration.ofDays(100));

    LocalDate expiryDate = Renewal.expiryDate(NOW, adminExpiry);

    assertThat(expiryDate).isEqualTo(LocalDate.parse("2027-03-03"));
    assertThat(expiryDate.atStartOfDay().toInstant(java.time.ZoneOffset.UTC)).isBefore(adminExpiry);
  }
}
