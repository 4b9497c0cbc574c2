package dev.osmo.local.process;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Processes that a killed launcher left running. They are found by the tag in their command line,
 * which no other stack has. A stored process id is not reliable, because the system reuses ids.
 *
 * <p>Requires the lock of the data folder. Without it, the children of another launcher would be
 * treated as orphans.
 */
public record Orphans(String tag) {
  private static final long GRACE_SECONDS = 15;

  public List<ProcessHandle> find() {
    long self = ProcessHandle.current().pid();
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != self)
        .filter(
            process -> process.info().commandLine().filter(line -> line.contains(tag)).isPresent())
        .toList();
  }

  /**
   * Requests the selected orphans to stop, waits, and kills those that do not. Returns their
   * number.
   */
  public int stop(Predicate<ProcessHandle> which) {
    List<ProcessHandle> orphans = find().stream().filter(which).toList();
    orphans.forEach(ProcessHandle::destroy);
    orphans.forEach(Orphans::awaitExit);
    return orphans.size();
  }

  /** Waits for the exit of a process and kills it after a grace period. */
  public static void awaitExit(ProcessHandle process) {
    if (!exitsInTime(process)) {
      process.destroyForcibly();
      exitsInTime(process);
    }
  }

  private static boolean exitsInTime(ProcessHandle process) {
    try {
      process.onExit().get(GRACE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
