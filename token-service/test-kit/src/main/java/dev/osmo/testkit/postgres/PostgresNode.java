package dev.osmo.testkit.postgres;

import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.ports.FreePorts;
import dev.osmo.testkit.waiting.Patience;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server with a folder and a port of its own. It can be stopped, started again as a
 * standby of another server, and promoted.
 */
public final class PostgresNode implements AutoCloseable {

  private static final Duration DEADLINE = Patience.LONG;

  private final DataFolder data;
  private final int port;
  private @Nullable EmbeddedPostgres server;

  private PostgresNode(DataFolder data) {
    this.data = data;
    this.port = FreePorts.one();
  }

  /** Starts a server with the newest schema. */
  static PostgresNode startMigrated() {
    PostgresNode node = new PostgresNode(MigratedTemplate.copy());
    node.start();
    return node;
  }

  /** A new standby of this running server. */
  PostgresNode startStandby() {
    PostgresNode standby = new PostgresNode(DataFolder.create());
    standby.startAsCopyOf(this);
    return standby;
  }

  /** Replaces all data of this stopped server by a copy of a running one, and follows it. */
  public void startAsCopyOf(PostgresNode primary) {
    try (Connection backup = primary.connectAsSuperuser()) {
      data.clear();
      query(backup, "SELECT pg_backup_start('clone', true)");
      primary.data.copyTo(data, false);
      String label = query(backup, "SELECT labelfile FROM pg_backup_stop(false)").getFirst();
      Files.writeString(data.path().resolve("backup_label"), label);
      startAsStandbyOf(primary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For what needs a migrated server; closing it leaves this node as it is. */
  public MigratedPostgres asMigrated() {
    return new MigratedPostgres(port, () -> {});
  }

  public int port() {
    return port;
  }

  /** The address in the form that the reactive client reads. */
  public String reactiveUrl() {
    return MigratedPostgres.reactiveUrl(port);
  }

  public Connection connectAsSuperuser() throws SQLException {
    return MigratedPostgres.connectAsSuperuser(port);
  }

  /** The first column of the rows that the superuser reads, as text. */
  public List<String> query(String sql, Object... parameters) {
    try (Connection connection = connectAsSuperuser()) {
      return query(connection, sql, parameters);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Runs a statement that returns no rows. */
  public void execute(String sql) {
    try (Connection connection = connectAsSuperuser();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Makes this standby a primary. Its old primary is not told. */
  public void promote() {
    query("SELECT pg_promote(true, 60)");
  }

  /** Waits until this standby has applied all that its primary has committed. */
  public void awaitReplayOf(PostgresNode primary) {
    String written = primary.query("SELECT pg_current_wal_insert_lsn()").getFirst();
    String replayed = "SELECT pg_last_wal_replay_lsn() >= ?::pg_lsn";
    await().atMost(DEADLINE).until(() -> query(replayed, written).equals(List.of("t")));
  }

  /** Each commit waits until a standby has it, or does not wait again. */
  public void setSynchronous(boolean synchronous) {
    execute("ALTER SYSTEM SET synchronous_standby_names = '%s'".formatted(synchronous ? "*" : ""));
    query("SELECT pg_reload_conf()");
  }

  /** Stops the server the way an operator does: sessions are ended, nothing is lost. */
  public void stop() {
    EmbeddedPostgres running = server;
    if (running != null) {
      server = null;
      try {
        running.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Kills the server, as a machine failure does. */
  public void kill() {
    try {
      String pid = Files.readAllLines(data.path().resolve("postmaster.pid")).getFirst();
      ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
      List<ProcessHandle> backends = postmaster.children().toList();
      postmaster.destroyForcibly();
      backends.forEach(ProcessHandle::destroyForcibly);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await().atMost(DEADLINE).until(() -> !accepts());
    stop();
  }

  private boolean accepts() {
    try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return connection.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  /** Starts the stopped server as it was. */
  public void start() {
    try {
      server =
          EmbeddedPostgres.builder()
              .setDataDirectory(data.path())
              .setCleanDataDirectory(false)
              .setPort(port)
              // The launcher turns it off. Then no commit waits for a standby.
              .setServerConfig("synchronous_commit", "on")
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the server if it is stopped, for the next test. */
  public void startIfStopped() {
    if (server == null) {
      start();
    }
  }

  /** Starts the stopped server on the same port as a standby. */
  public void startAsStandbyOf(PostgresNode primary) {
    try {
      Files.writeString(data.path().resolve("standby.signal"), "");
      Files.writeString(
          data.path().resolve("postgresql.auto.conf"),
          "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres'\n".formatted(primary.port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  @Override
  public void close() {
    stop();
    data.delete();
  }

  private static List<String> query(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<String> column = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          column.add(rows.getString(1));
        }
      }
      return column;
    }
  }
}
