package dev.osmo.exchange.prune;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SingleDrainTest {

  private final SingleDrain turn = new SingleDrain();

  @Test
  void the_first_ring_drains() {
    assertThat(turn.request()).isTrue();
  }

  @Test
  void a_ring_during_a_drain_does_not_start_a_second_one() {
    turn.request();

    assertThat(turn.request()).isFalse();
  }

  @Test
  void many_rings_during_a_drain_make_one_more_follow() {
    turn.request();
    turn.request();
    turn.request();

    assertThat(turn.finishedButRequestedAgain()).isTrue();
    assertThat(turn.finishedButRequestedAgain()).isFalse();
  }

  @Test
  void a_ring_after_the_drain_drains_again() {
    turn.request();
    turn.finishedButRequestedAgain();

    assertThat(turn.request()).isTrue();
  }
}
