package dev.osmo.exchange.prune;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DrainTurnTest {

  private final DrainTurn turn = new DrainTurn();

  @Test
  void the_first_notification_drains() {
    assertThat(turn.ring()).isTrue();
  }

  @Test
  void a_notification_during_a_drain_does_not_start_a_second_one() {
    turn.ring();

    assertThat(turn.ring()).isFalse();
  }

  @Test
  void many_notifications_during_a_drain_cause_one_more() {
    turn.ring();
    turn.ring();
    turn.ring();

    assertThat(turn.finishedButRungAgain()).isTrue();
    assertThat(turn.finishedButRungAgain()).isFalse();
  }

  @Test
  void a_notification_after_the_drain_drains_again() {
    turn.ring();
    turn.finishedButRungAgain();

    assertThat(turn.ring()).isTrue();
  }
}
