package dev.osmo.local.production;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cluster of the newest PostgreSQL that Debian's packages have installed, on a port of its own
 * and with the configuration of the page. PostgreSQL refuses to run as root, so root runs it in a
 * user namespace.
 */
record DebianPostgres(Operator operator, Path programs, Path data) implements AutoCloseable {
  private static final Path PACKAGES = Path.of("/usr/lib/postgresql");

  /** The folder of the programs; empty if there is no PostgreSQL. */
  static Optional<Path> programsOfThisMachine() {
    if (!Files.isDirectory(PACKAGES)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(PACKAGES)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(
              Comparator.comparingInt(
                  bin -> Integer.parseInt(bin.getParent().getFileName().toString())));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Creates the cluster and starts it.
   *
   * @param configuration lines for {@code postgresql.conf}
   * @param access the whole {@code pg_hba.conf}
   */
  static DebianPostgres start(
      Operator operator, String name, int port, String configuration, String access)
      throws IOException {
    DebianPostgres server =
        new DebianPostgres(
            operator, programsOfThisMachine().orElseThrow(), operator.folder().resolve(name));
    server.run(
        "initdb --no-locale -E UTF8 -U postgres -A scram-sha-256 --pwfile=secrets/postgres.password"
            + " -D "
            + server.data);
    Path settings = server.data.resolve("postgresql.conf");
    Files.writeString(
        settings,
        Files.readString(settings)
            + operator.renamed(configuration)
            + "port = %d\nlisten_addresses = 'localhost'\nunix_socket_directories = ''\n"
                .formatted(port));
    Files.writeString(server.data.resolve("pg_hba.conf"), operator.renamed(access));
    server.run("pg_ctl -w -s -l %1$s/log -D %1$s start".formatted(server.data));
    return server;
  }

  void reload() {
    run("pg_ctl -s -D %s reload".formatted(data));
  }

  /** A client program that connects as the superuser. */
  String psql(String database, String statement) {
    return operator
        .type(
            """
            export PGHOST=db.example.com PGPORT=5432 PGUSER=postgres
            export PGSSLMODE=verify-full PGSSLROOTCERT=tls/ca.crt
            PGPASSWORD=$(cat secrets/postgres.password) psql -X -A -t -v ON_ERROR_STOP=1 -d %s <<'SQL'
            %s
            SQL
            """
                .formatted(database, statement))
        .strip();
  }

  @Override
  public void close() {
    operator.attempt(command("pg_ctl -s -m immediate -D %s stop".formatted(data)));
  }

  private void run(String words) {
    operator.type(command(words));
  }

  private String command(String words) {
    boolean root = new UnixSystem().getUid() == 0;
    // A server that starts in the background must not keep the output open.
    return (root ? "unshare -U " : "")
        + programs
        + "/"
        + words
        + " </dev/null >pg.out 2>&1 || { cat pg.out; exit 1; }";
  }
}
