package dev.osmo.exchange.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchSizeTest {

  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofMillis(800);

  @Test
  void the_batch_size_shrinks_to_one() {
    BatchSize size = BatchSize.FIRST;
    for (int i = 0; i < 10; i++) {
      size = size.smaller();
    }

    assertThat(size).isEqualTo(new BatchSize(1));
    assertThat(size.canShrink()).isFalse();
    assertThat(size.after(LONG)).isEqualTo(size);
    assertThat(size.after(SHORT).canShrink()).isTrue();
  }

  @Test
  void the_batch_size_grows_to_the_maximum_of_the_database() {
    BatchSize size = new BatchSize(1);
    for (int i = 0; i < 100; i++) {
      size = size.after(SHORT);
    }

    assertThat(size).isEqualTo(new BatchSize(1000));
  }

  @Test
  void a_statement_that_took_long_halves_the_next_one() {
    assertThat(new BatchSize(600).after(LONG)).isEqualTo(new BatchSize(300));
  }
}
