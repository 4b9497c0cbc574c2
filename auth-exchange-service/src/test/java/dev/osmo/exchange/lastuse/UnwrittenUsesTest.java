package dev.osmo.exchange.lastuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UnwrittenUsesTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final UnwrittenUses uses = new UnwrittenUses(2);
  private final UUID secret = new UUID(0, 1);

  @Test
  void the_first_and_the_last_use_of_a_secret_are_kept() {
    uses.add(secret, NOON);
    uses.add(secret, NOON.minusSeconds(5));
    uses.add(secret, NOON.plusSeconds(5));

    assertThat(uses.take(10))
        .containsExactly(
            Map.entry(secret, new UsePeriod(NOON.minusSeconds(5), NOON.plusSeconds(5))));
    assertThat(uses.size()).isZero();
  }

  @Test
  void returned_uses_are_merged_with_newer_ones() {
    uses.add(secret, NOON);
    Map<UUID, UsePeriod> taken = uses.take(10);
    uses.add(secret, NOON.plusSeconds(9));

    uses.putBack(taken);

    assertThat(uses.take(10).get(secret)).isEqualTo(new UsePeriod(NOON, NOON.plusSeconds(9)));
  }

  @Test
  void a_full_buffer_accepts_uses_of_known_secrets_only() {
    uses.add(secret, NOON);
    uses.add(new UUID(0, 2), NOON);

    assertThat(uses.add(new UUID(0, 3), NOON)).isFalse();
    assertThat(uses.add(secret, NOON.plusSeconds(1))).isTrue();
    assertThat(uses.size()).isEqualTo(2);
  }

  @Test
  void no_more_uses_are_taken_than_requested() {
    uses.add(secret, NOON);
    uses.add(new UUID(0, 2), NOON);

    assertThat(uses.take(1)).hasSize(1);
    assertThat(uses.size()).isEqualTo(1);
  }
}
