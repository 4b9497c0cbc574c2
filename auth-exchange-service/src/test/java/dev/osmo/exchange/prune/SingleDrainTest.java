package dev.osmo.exchange.prune;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SingleDrainTest {

  private final SingleDrain turn = new SingleDrain();

  @Test
  void the_first_notification_drains() {
    assertThat(turn.request()).isTrue();
  }

  @Test
  void a_notification_during_a_drain_does_not_start_a_second_one() {
    turn.request();

    assertThat(turn.request()).isFalse();
  }

  @Test
  void many_notifications_during_a_drain_cause_one_more() {
    turn.request();
    turn.request();
    turn.request();

    assertThat(turn.finishedButRequestedAgain()).isTrue();
    assertThat(turn.finishedButRequestedAgain()).isFalse();
  }

  @Test
  void a_notification_after_the_drain_drains_again() {
    turn.request();
    turn.finishedButRequestedAgain();

    assertThat(turn.request()).isTrue();
  }
}
