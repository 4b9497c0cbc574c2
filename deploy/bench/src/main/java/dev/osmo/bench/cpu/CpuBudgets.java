package dev.osmo.bench.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Limits how much processor time processes have, each by a control group of its own. Both versions
 * of control groups work. They need the right to create a group, which root usually has.
 *
 * @see <a href="https://docs.kernel.org/scheduler/sched-bwc.html">CFS bandwidth control</a>
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control groups, version 2</a>
 */
public final class CpuBudgets implements AutoCloseable {

  private static final Path MOUNTED = Path.of("/sys/fs/cgroup");

  /** Short, so that a process that has used up its budget waits for milliseconds. */
  private static final int PERIOD_MICROS = 10_000;

  /** The least that the kernel accepts. */
  private static final int LEAST_MICROS = 1000;

  private final Path parent;
  private final Version version;
  private final List<Path> groups = new ArrayList<>();

  private CpuBudgets(Path parent, Version version) {
    this.parent = parent;
    this.version = version;
  }

  private enum Version {
    FIRST {
      @Override
      void limit(Path group, int quotaMicros) throws IOException {
        Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
        Files.writeString(group.resolve("cpu.cfs_quota_us"), Integer.toString(quotaMicros));
      }
    },
    SECOND {
      @Override
      void limit(Path group, int quotaMicros) throws IOException {
        Files.writeString(group.resolve("cpu.max"), quotaMicros + " " + PERIOD_MICROS);
      }
    };

    abstract void limit(Path group, int quotaMicros) throws IOException;
  }

  /** Empty if this machine does not let this process limit others. */
  public static Optional<CpuBudgets> ofThisMachine() {
    return below(MOUNTED);
  }

  /**
   * As {@link #ofThisMachine}.
   *
   * @param mounted where the control groups are
   */
  static Optional<CpuBudgets> below(Path mounted) {
    return candidate(mounted).filter(CpuBudgets::canLimit);
  }

  private static Optional<CpuBudgets> candidate(Path mounted) {
    Path first = mounted.resolve("cpu");
    if (Files.exists(first.resolve("cpu.cfs_quota_us")) || Files.exists(first.resolve("tasks"))) {
      return Optional.of(new CpuBudgets(first, Version.FIRST));
    }
    Path controllers = mounted.resolve("cgroup.subtree_control");
    if (!Files.exists(controllers)) {
      return Optional.empty();
    }
    try {
      Files.writeString(controllers, "+cpu");
      return Optional.of(new CpuBudgets(mounted, Version.SECOND));
    } catch (IOException notAllowed) {
      return Optional.empty();
    }
  }

  /** Tries it with a group without processes. */
  private boolean canLimit() {
    try {
      Path group = Files.createTempDirectory(parent, "osmo-bench-");
      try {
        version.limit(group, LEAST_MICROS);
      } finally {
        groups.add(group);
        close();
      }
      return true;
    } catch (IOException notAllowed) {
      return false;
    }
  }

  /**
   * Lets a process and all of its threads use this part of one processor.
   *
   * @param share 0.1 or more
   */
  public void limit(long pid, double share) {
    try {
      Path group = Files.createTempDirectory(parent, "osmo-bench-");
      groups.add(group);
      version.limit(group, quotaMicros(share));
      Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The control groups that this has created. */
  List<Path> groups() {
    return List.copyOf(groups);
  }

  static int quotaMicros(double share) {
    int micros = (int) Math.round(share * PERIOD_MICROS);
    if (micros < LEAST_MICROS) {
      throw new IllegalArgumentException(
          "A budget is at least %.1f of a processor."
              .formatted((double) LEAST_MICROS / PERIOD_MICROS));
    }
    return micros;
  }

  /** Removes the groups. Their processes must have ended. */
  @Override
  public void close() {
    for (Path group : groups) {
      try {
        Files.deleteIfExists(group);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    groups.clear();
  }
}
