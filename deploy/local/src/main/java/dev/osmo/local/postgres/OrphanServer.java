package dev.osmo.local.postgres;

import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.problem.CannotStart;
import dev.osmo.local.process.Orphans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL that outlived its launcher. */
public final class OrphanServer {
  private OrphanServer() {}

  /** Whether this is a process of a PostgreSQL server, and not one of a service. */
  public static boolean isServer(ProcessHandle process) {
    return process.info().command().filter(program -> program.endsWith("/postgres")).isPresent();
  }

  /**
   * Stops the server of a killed launcher, if there is one, and returns how many processes it had.
   * Its {@code postmaster.pid} says which process leads it, and is only believed when that process
   * carries the stack's mark. Afterwards the file is removed: PostgreSQL would refuse to start when
   * the process id in it had been given to somebody else meanwhile.
   */
  public static int stop(DataFolder data, Orphans orphans) {
    List<ProcessHandle> processes = orphans.find();
    List<Path> clusters = clustersWithPidFile(data);
    clusters.stream()
        .filter(cluster -> processes.stream().anyMatch(process -> leads(process, cluster)))
        .forEach(cluster -> PgCtl.stopFast(Binaries.unpackedIn(data.root()), cluster));
    processes.forEach(Orphans::awaitEnd);
    clusters.forEach(OrphanServer::removePidFile);
    return processes.size();
  }

  private static boolean leads(ProcessHandle process, Path cluster) {
    try (Stream<String> lines = Files.lines(pidFile(cluster))) {
      return lines.findFirst().filter(Long.toString(process.pid())::equals).isPresent();
    } catch (IOException e) {
      throw new CannotStart("The file " + pidFile(cluster) + " cannot be read.", e);
    }
  }

  private static List<Path> clustersWithPidFile(DataFolder data) {
    try (Stream<Path> entries = Files.list(data.root())) {
      return entries.filter(entry -> Files.exists(pidFile(entry))).toList();
    } catch (IOException e) {
      throw new CannotStart("The data folder " + data.root() + " cannot be read.", e);
    }
  }

  private static void removePidFile(Path cluster) {
    try {
      Files.deleteIfExists(pidFile(cluster));
    } catch (IOException e) {
      throw new CannotStart("The file " + pidFile(cluster) + " cannot be removed.", e);
    }
  }

  private static Path pidFile(Path cluster) {
    return cluster.resolve("postmaster.pid");
  }
}
