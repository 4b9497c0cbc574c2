package dev.osmo.exchange.prune;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchSizeTest {

  @Test
  void it_shrinks_to_one_and_no_further() {
    BatchSize size = BatchSize.LARGEST;
    for (int i = 0; i < 10; i++) {
      size = size.smaller();
    }

    assertThat(size).isEqualTo(new BatchSize(1));
    assertThat(size.canShrink()).isFalse();
    assertThat(size.larger().canShrink()).isTrue();
  }

  @Test
  void it_grows_to_the_largest_and_no_further() {
    BatchSize size = new BatchSize(1);
    for (int i = 0; i < 100; i++) {
      size = size.larger();
    }

    assertThat(size).isEqualTo(BatchSize.LARGEST);
  }
}
