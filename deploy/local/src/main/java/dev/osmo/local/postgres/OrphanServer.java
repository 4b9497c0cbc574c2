package dev.osmo.local.postgres;

import dev.osmo.local.CannotStart;
import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.process.Orphans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL server that a killed launcher left running. */
public final class OrphanServer {
  private OrphanServer() {}

  /** Whether this is a process of a PostgreSQL server. */
  public static boolean isServer(ProcessHandle process) {
    return process.info().command().filter(program -> program.endsWith("/postgres")).isPresent();
  }

  /**
   * Stops the server of a killed launcher and returns the number of its processes. {@code
   * postmaster.pid} names the main process; it is trusted only if that process carries the tag of
   * the stack. Then the file is deleted, because PostgreSQL refuses to start if another process has
   * the id in it.
   */
  public static int stop(DataFolder data, Orphans orphans) {
    List<ProcessHandle> processes = orphans.find();
    List<Path> clusters = clustersWithPidFile(data);
    clusters.stream()
        .filter(cluster -> processes.stream().anyMatch(process -> isMainProcess(process, cluster)))
        .forEach(cluster -> PgCtl.stopFast(Binaries.unpackedIn(data.root()), cluster));
    processes.forEach(Orphans::awaitExit);
    clusters.forEach(OrphanServer::deletePidFile);
    return processes.size();
  }

  private static boolean isMainProcess(ProcessHandle process, Path cluster) {
    try (Stream<String> lines = Files.lines(pidFile(cluster))) {
      return lines.findFirst().filter(Long.toString(process.pid())::equals).isPresent();
    } catch (IOException e) {
      throw new CannotStart("Cannot read the file " + pidFile(cluster) + ".", e);
    }
  }

  private static List<Path> clustersWithPidFile(DataFolder data) {
    try (Stream<Path> entries = Files.list(data.root())) {
      return entries.filter(entry -> Files.exists(pidFile(entry))).toList();
    } catch (IOException e) {
      throw new CannotStart("Cannot read the data folder " + data.root() + ".", e);
    }
  }

  private static void deletePidFile(Path cluster) {
    try {
      Files.deleteIfExists(pidFile(cluster));
    } catch (IOException e) {
      throw new CannotStart("Cannot delete the file " + pidFile(cluster) + ".", e);
    }
  }

  private static Path pidFile(Path cluster) {
    return cluster.resolve("postmaster.pid");
  }
}
