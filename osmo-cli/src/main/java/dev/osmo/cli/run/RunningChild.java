package dev.osmo.cli.run;

import jakarta.inject.Singleton;
import java.util.Optional;

/** The program that {@code osmo run} started. It receives the signals that osmo receives. */
@Singleton
public class RunningChild {
  private volatile Optional<Child> child = Optional.empty();

  void is(Child started) {
    child = Optional.of(started);
  }

  void none() {
    child = Optional.empty();
  }

  /** Forwards the signal; false if no program runs. */
  public boolean receives(Signal signal) {
    Optional<Child> running = child;
    running.ifPresent(present -> present.receive(signal));
    return running.isPresent();
  }
}
