package dev.osmo.cli.environment;

import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Cleans up when the process is interrupted, because no {@code finally} block runs then. */
@Singleton
public class InterruptCleanup {
  /** Closing it removes the action. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  private final Set<Runnable> actions = ConcurrentHashMap.newKeySet();
  private volatile boolean expected;

  /**
   * Adds an action.
   *
   * @param action runs on another thread
   */
  public Registration register(Runnable action) {
    actions.add(action);
    return () -> actions.remove(action);
  }

  /** Adds the action of a command that only an interrupt ends, so that its exit code is 0. */
  public Registration registerEnd(Runnable action) {
    expected = true;
    return register(action);
  }

  /** Whether the interrupt is the normal end of the command. */
  public boolean isExpected() {
    return expected;
  }

  public void run() {
    actions.forEach(Runnable::run);
  }
}
