package dev.osmo.cli.sidecar;

import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.SelfRotation;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** Rotates the token of the process in time. A failure stops nothing, and is tried again. */
@Singleton
class TokenRenewal {
  private static final Duration BETWEEN_CHECKS = Duration.ofHours(1);
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

  /** As long as a claim of another process is valid. */
  private static final Duration AFTER_OTHERS = Duration.ofMinutes(10);

  private final SelfRotation rotation;
  private final Terminal terminal;
  private final Clock clock;
  private final AtomicBoolean running = new AtomicBoolean();
  private final LongAdder rotations = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile Instant due = Instant.EPOCH;

  TokenRenewal(SelfRotation rotation, Terminal terminal, Clock clock) {
    this.rotation = rotation;
    this.terminal = terminal;
    this.clock = clock;
  }

  /** Starts a check that is due. To be called each second. */
  void tick(SelfRotateOption.Wanted wanted) {
    if (!clock.instant().isBefore(due) && running.compareAndSet(false, true)) {
      Thread.ofVirtual().start(() -> check(wanted));
    }
  }

  private void check(SelfRotateOption.Wanted wanted) {
    Duration pause = AFTER_FAILURE;
    try {
      SelfRotation.Outcome outcome = rotation.rotateIfDue(wanted.secret(), wanted.life());
      report(outcome, wanted);
      pause = outcome == SelfRotation.Outcome.LEFT_TO_OTHERS ? AFTER_OTHERS : BETWEEN_CHECKS;
    } catch (Failure failure) {
      failures.increment();
      terminal.message(
          "The token is not rotated, trying again: "
              + failure.what()
              + "."
              + failure.nextStep().map(next -> " " + next).orElse(""));
    } finally {
      double chance = 0.8 + 0.4 * ThreadLocalRandom.current().nextDouble();
      due = clock.instant().plusMillis((long) (pause.toMillis() * chance));
      running.set(false);
    }
  }

  private void report(SelfRotation.Outcome outcome, SelfRotateOption.Wanted wanted) {
    switch (outcome) {
      case ROTATED -> {
        rotations.increment();
        terminal.message("The token is rotated, and in the Secret " + wanted.secret() + ".");
      }
      case NOT_RENEWABLE ->
          terminal.message(
              "The token expires soon and cannot renew itself further. Create a new one, with"
                  + " --renewable-until.");
      case LEFT_TO_OTHERS ->
          terminal.message("Another process rotates the token, or the Secret changed.");
      case NOT_DUE -> {}
    }
  }

  long rotations() {
    return rotations.sum();
  }

  long failures() {
    return failures.sum();
  }
}
