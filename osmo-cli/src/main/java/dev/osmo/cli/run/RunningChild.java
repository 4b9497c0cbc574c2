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

  public boolean isPresent() {
    return child.isPresent();
  }

  /** Forwards the signal to the program, if it still runs. */
  public void receive(Signal signal) {
    child.ifPresent(running -> running.receive(signal));
  }
}
