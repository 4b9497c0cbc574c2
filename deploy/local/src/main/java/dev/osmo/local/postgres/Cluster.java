package dev.osmo.local.postgres;

import dev.osmo.local.CannotStart;
import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.folder.Secrets;
import dev.osmo.local.process.ChildSpec;
import dev.osmo.local.process.Children;
import dev.osmo.local.process.LogTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The data of PostgreSQL, one folder per major version: {@code postgresql-data-18/}. */
record Cluster(Path folder) {
  private static final String PREFIX = "postgresql-data-";

  static boolean existsIn(DataFolder data) {
    return !majorsIn(data).isEmpty();
  }

  /** The cluster of this major version; creates it if it is missing. */
  static Cluster readyIn(DataFolder data, Binaries binaries, Children children) {
    refuseOtherMajor(data, binaries.major());
    Path folder = data.root().resolve(PREFIX + binaries.major());
    if (!Files.isDirectory(folder)) {
      create(folder, data, binaries, children);
    }
    return new Cluster(folder);
  }

  /** PostgreSQL cannot read files of another major version. An empty cluster would hide them. */
  static void refuseOtherMajor(DataFolder data, String major) {
    List<String> majors = majorsIn(data);
    if (!majors.isEmpty() && !majors.contains(major)) {
      throw new CannotStart(
          "The data folder %s holds data of PostgreSQL %s, but this launcher includes PostgreSQL %s; choose another folder with --data."
              .formatted(data.root(), String.join(", ", majors), major));
    }
  }

  private static void create(Path folder, DataFolder data, Binaries binaries, Children children) {
    Path draft = DraftFolder.create(folder);
    Secrets secrets = new Secrets(data.secretsFolder());
    secrets.superuserPassword(); // creates the file that initdb reads
    ChildSpec initdb =
        new ChildSpec("initdb", command(binaries, data, draft), Map.of(), data.log("initdb"));
    if (children.run(initdb) != 0) {
      throw new CannotStart(
          "Cannot create the PostgreSQL cluster.%s The last lines of %s:%n%s"
              .formatted(AsOrdinaryUser.hint(), initdb.log(), LogTail.of(initdb.log(), 8)));
    }
    try {
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new CannotStart("Cannot create the folder " + folder + ".", e);
    }
  }

  private static List<String> command(Binaries binaries, DataFolder data, Path folder) {
    return AsOrdinaryUser.command(
        binaries.program("initdb"),
        "--auth=scram-sha-256",
        "--pwfile=" + new Secrets(data.secretsFolder()).superuserPasswordFile(),
        "--username=postgres",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--locale=C",
        "--builtin-locale=C.UTF-8",
        "--set=cluster_name=" + data.processTag(),
        "--pgdata=" + folder);
  }

  private static List<String> majorsIn(DataFolder data) {
    try (Stream<Path> entries = Files.list(data.root())) {
      return entries
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith(PREFIX) && !name.endsWith(".new"))
          .map(name -> name.substring(PREFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new CannotStart("Cannot read the data folder " + data.root() + ".", e);
    }
  }
}
