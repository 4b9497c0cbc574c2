package dev.osmo.exchange.prune;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchSizeTest {

  @Test
  void the_batch_size_shrinks_to_one() {
    BatchSize size = BatchSize.LARGEST;
    for (int i = 0; i < 10; i++) {
      size = size.smaller();
    }

    assertThat(size).isEqualTo(new BatchSize(1));
    assertThat(size.canShrink()).isFalse();
    assertThat(size.larger().canShrink()).isTrue();
  }

  @Test
  void the_batch_size_grows_to_the_maximum() {
    BatchSize size = new BatchSize(1);
    for (int i = 0; i < 100; i++) {
      size = size.larger();
    }

    assertThat(size).isEqualTo(BatchSize.LARGEST);
  }
}
