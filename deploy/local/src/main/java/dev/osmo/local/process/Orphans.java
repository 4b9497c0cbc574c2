package dev.osmo.local.process;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Processes that a killed launcher left running. They are known by the mark in their command line,
 * which no other stack has, and not by a remembered process id, which the system may have given to
 * somebody else by now.
 *
 * <p>Only to be asked while holding the folder's lock: without it, another launcher's children
 * would look like orphans.
 */
public record Orphans(String mark) {
  private static final long GRACE_SECONDS = 15;

  public List<ProcessHandle> find() {
    long self = ProcessHandle.current().pid();
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != self)
        .filter(
            process -> process.info().commandLine().filter(line -> line.contains(mark)).isPresent())
        .toList();
  }

  /**
   * Asks the orphans that {@code which} names to end, waits, and kills those that do not. Returns
   * how many there were.
   */
  public int stop(Predicate<ProcessHandle> which) {
    List<ProcessHandle> orphans = find().stream().filter(which).toList();
    orphans.forEach(ProcessHandle::destroy);
    orphans.forEach(Orphans::awaitEnd);
    return orphans.size();
  }

  /** Waits for a process to end by itself and kills it when it does not. */
  public static void awaitEnd(ProcessHandle process) {
    if (!endsInTime(process)) {
      process.destroyForcibly();
      endsInTime(process);
    }
  }

  private static boolean endsInTime(ProcessHandle process) {
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
