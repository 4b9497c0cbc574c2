package dev.osmo.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** The data folder of a PostgreSQL server. */
record DataFolder(Path path) {

  /** What belongs to the running server only. */
  private static final Set<String> OF_THE_PROCESS = Set.of("postmaster.pid", "epg-lock");

  /** A new empty folder. */
  static DataFolder create() {
    try {
      return new DataFolder(Files.createTempDirectory("osmo-postgres"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Copies everything that does not belong to the running server.
   *
   * @param to an existing folder
   * @param withLog whether to copy the write-ahead log, too
   */
  void copyTo(DataFolder to, boolean withLog) {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path from : files.skip(1).filter(file -> isCopied(file, withLog)).toList()) {
        Files.copy(from, to.path.resolve(path.relativize(from).toString()));
      }
      Files.createDirectories(to.path.resolve("pg_wal"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    to.makePrivate();
  }

  private boolean isCopied(Path file, boolean withLog) {
    String top = path.relativize(file).getName(0).toString();
    return !OF_THE_PROCESS.contains(top) && (withLog || !top.equals("pg_wal"));
  }

  /** The server refuses a folder that others can read. */
  private void makePrivate() {
    try (Stream<Path> folders = Files.walk(path)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the content. */
  void clear() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.skip(1).sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the folder. */
  void delete() {
    clear();
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
