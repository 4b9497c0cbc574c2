package dev.osmo.cli.environment;

import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What must not stay behind when the process is interrupted: no {@code finally} runs then. */
@Singleton
public class Unfinished {
  /** Closed, the work has come to its own end. */
  public interface Work extends AutoCloseable {
    @Override
    void close();
  }

  private final Set<Runnable> endings = ConcurrentHashMap.newKeySet();

  /**
   * Begins a piece of work.
   *
   * @param ending takes away what is there of it; on a thread of its own
   */
  public Work begun(Runnable ending) {
    endings.add(ending);
    return () -> endings.remove(ending);
  }

  public void end() {
    endings.forEach(Runnable::run);
  }
}
