package dev.osmo.bench.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Processor time as {@code /proc} counts it, in hundredths of a second.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
public final class ProcessorTime {

  private static final long MILLIS_A_TICK = 10;

  /** Positions after the name of the program, which may contain spaces. */
  private static final int USER = 11;

  private static final int WAITED_FOR_CHILDREN = 13;
  private static final int IDLE = 3;
  private static final int WAIT_FOR_DISK = 4;

  private ProcessorTime() {}

  /** The time of a process and of all its descendants, those that have ended included. */
  public static Duration ofTree(long pid) {
    long ticks =
        ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::descendants)
            .mapToLong(child -> ticks(child.pid()))
            .sum();
    return Duration.ofMillis((ticks + ticks(pid)) * MILLIS_A_TICK);
  }

  /** The time that the children of this process needed which have ended. */
  public static Duration ofEndedChildren() {
    return Duration.ofMillis(
        sum(fields(ProcessHandle.current().pid()), WAITED_FOR_CHILDREN) * MILLIS_A_TICK);
  }

  /** The time of all processors in which they did anything. */
  public static Duration ofMachine() {
    List<Long> ticks =
        List.of(read(Path.of("/proc/stat")).lines().findFirst().orElseThrow().split(" +", -1))
            .stream()
            .skip(1)
            .map(Long::valueOf)
            .toList();
    // The last two are guests, which are counted as user time, too.
    long all = ticks.stream().limit(8).mapToLong(Long::longValue).sum();
    return Duration.ofMillis((all - ticks.get(IDLE) - ticks.get(WAIT_FOR_DISK)) * MILLIS_A_TICK);
  }

  private static long ticks(long pid) {
    List<String> fields = fields(pid);
    return fields.isEmpty() ? 0 : sum(fields, USER) + sum(fields, WAITED_FOR_CHILDREN);
  }

  private static long sum(List<String> fields, int first) {
    return Long.parseLong(fields.get(first)) + Long.parseLong(fields.get(first + 1));
  }

  private static List<String> fields(long pid) {
    String stat = read(Path.of("/proc", Long.toString(pid), "stat"));
    return stat.isEmpty()
        ? List.of()
        : List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException ended) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
