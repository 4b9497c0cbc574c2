package dev.osmo.exchange.prune;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DrainTurnTest {

  private final DrainTurn turn = new DrainTurn();

  @Test
  void the_first_ring_drains() {
    assertThat(turn.ring()).isTrue();
  }

  @Test
  void a_ring_during_a_drain_does_not_start_a_second_one() {
    turn.ring();

    assertThat(turn.ring()).isFalse();
  }

  @Test
  void many_rings_during_a_drain_make_one_more_follow() {
    turn.ring();
    turn.ring();
    turn.ring();

    assertThat(turn.finishedButRungAgain()).isTrue();
    assertThat(turn.finishedButRungAgain()).isFalse();
  }

  @Test
  void a_ring_after_the_drain_drains_again() {
    turn.ring();
    turn.finishedButRungAgain();

    assertThat(turn.ring()).isTrue();
  }
}
