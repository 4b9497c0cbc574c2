package dev.osmo.local.postgres;

import dev.osmo.local.CannotStart;
import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.folder.Secrets;
import dev.osmo.local.process.Child;
import dev.osmo.local.process.ChildSpec;
import dev.osmo.local.process.Children;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The running server. It listens on 127.0.0.1 only, has no Unix socket, requires passwords (SCRAM)
 * and forces writes to the disk. Its processes carry the tag of the stack.
 */
public final class PostgresServer {
  private static final Duration DEADLINE = Duration.ofSeconds(90);

  private final int port;
  private final String version;
  private final Secrets secrets;

  private PostgresServer(int port, String version, Secrets secrets) {
    this.port = port;
    this.version = version;
    this.secrets = secrets;
  }

  /** Whether the folder has no cluster. */
  public static boolean isFirstStart(DataFolder data) {
    return !Cluster.existsIn(data);
  }

  /** Returns when the server accepts connections. Orphans must be stopped before. */
  public static PostgresServer start(DataFolder data, int port, Children children) {
    return start(data, port, Map.of(), children);
  }

  /**
   * As {@link #start(DataFolder, int, Children)}, with further settings.
   *
   * @param settings names and values; those that the guarantees of this class need stay as they are
   */
  public static PostgresServer start(
      DataFolder data, int port, Map<String, String> settings, Children children) {
    Cluster.refuseOtherMajor(data, Binaries.includedVersion().split("\\.", 2)[0]);
    Binaries binaries = Binaries.unpackedIn(data.root());
    Cluster cluster = Cluster.readyIn(data, binaries, children);
    ChildSpec spec =
        new ChildSpec(
            "PostgreSQL",
            command(binaries, cluster, port, settings, data.processTag()),
            Map.of(),
            data.log("postgresql"));
    Child child = children.start(spec, () -> PgCtl.stopFast(binaries, cluster.folder()));
    PostgresServer server =
        new PostgresServer(port, binaries.version(), new Secrets(data.secretsFolder()));
    server.awaitReady(child);
    return server;
  }

  public int port() {
    return port;
  }

  public String version() {
    return version;
  }

  /** A connection as the superuser. */
  public Connection connect(String database) throws SQLException {
    return java.sql.DriverManager.getConnection(
        jdbcUrl(database), "postgres", secrets.superuserPassword().value());
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  private void awaitReady(Child child) {
    Instant deadline = Instant.now().plus(DEADLINE);
    while (child.alive() && Instant.now().isBefore(deadline)) {
      try (Connection connection = connect("postgres")) {
        if (connection.isValid(5)) {
          return;
        }
      } catch (SQLException e) {
        refuseWrongPassword(e);
      }
      pause();
    }
    throw new CannotStart(
        child.alive()
            ? "PostgreSQL does not accept connections; see " + child.log() + "."
            : child.exitReport());
  }

  private static void refuseWrongPassword(SQLException e) {
    if ("28P01".equals(e.getSQLState())) {
      throw new CannotStart(
          "PostgreSQL rejects the password in secrets/postgres.password; restore that file or choose another folder with --data.",
          e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStart("Interrupted while starting PostgreSQL.", e);
    }
  }

  private static List<String> command(
      Binaries binaries, Cluster cluster, int port, Map<String, String> settings, String tag) {
    List<String> words = new ArrayList<>();
    words.add(binaries.program("postgres"));
    words.addAll(List.of("-D", cluster.folder().toString(), "-p", Integer.toString(port)));
    settings.forEach((name, value) -> words.addAll(setting(name, value)));
    // PostgreSQL takes the last value of a setting.
    words.addAll(setting("listen_addresses", "127.0.0.1"));
    words.addAll(setting("unix_socket_directories", ""));
    words.addAll(setting("fsync", "on"));
    words.addAll(setting("synchronous_commit", "on"));
    words.addAll(setting("log_timezone", "UTC"));
    words.addAll(setting("timezone", "UTC"));
    words.addAll(setting("cluster_name", tag));
    return AsOrdinaryUser.command(words.toArray(String[]::new));
  }

  private static List<String> setting(String name, String value) {
    return List.of("-c", name + "=" + value);
  }
}
