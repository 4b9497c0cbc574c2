package dev.osmo.cli.run;

import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * The program that {@code osmo run} has started, while it runs. Whoever ends osmo means that
 * program, so it hears the signal and osmo waits for how it ends.
 */
@Singleton
public class RunningChild {
  private volatile Optional<Child> child = Optional.empty();

  void is(Child started) {
    child = Optional.of(started);
  }

  void none() {
    child = Optional.empty();
  }

  /** Passes the signal on; false when there is nobody to pass it to. */
  public boolean receives(Signal signal) {
    Optional<Child> running = child;
    running.ifPresent(present -> present.receive(signal));
    return running.isPresent();
  }
}
