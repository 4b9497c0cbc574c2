package dev.osmo.testkit.postgres;

import dev.osmo.testkit.ports.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * PgBouncer in front of a server, for tests that somebody asks for with {@code
 * -Dosmo.pgbouncer=/usr/sbin/pgbouncer}. Every setting that is not given keeps PgBouncer's default.
 */
public final class PgBouncer implements AutoCloseable {

  /** The system property that names the program. */
  public static final String PROGRAM = "osmo.pgbouncer";

  private static final int STOP_SECONDS = 60;

  private final Process process;
  private final int port;

  private PgBouncer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it and does not wait until it accepts connections.
   *
   * @param settings further lines of its configuration file, such as {@code pool_mode = session}
   */
  public static PgBouncer start(MigratedPostgres server, String... settings) {
    try {
      // Below /tmp, because it does not run as root, and another user may not enter this folder.
      Path folder = Files.createTempDirectory("pgbouncer");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path users = Files.writeString(folder.resolve("users"), users());
      int port = FreePorts.one();
      Path configuration =
          Files.writeString(
              folder.resolve("pgbouncer.ini"), configuration(server, port, users, settings));
      List<String> command = new ArrayList<>(List.of(System.getProperty(PROGRAM)));
      if (System.getProperty("user.name").equals("root")) {
        command.addAll(List.of("-u", "nobody"));
      }
      command.add(configuration.toString());
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      return new PgBouncer(process, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String users() {
    return List.of(MigratedPostgres.TOKEN_SERVICE, MigratedPostgres.AUTH_EXCHANGE).stream()
        .map(user -> "\"%s\" \"%s\"\n".formatted(user, MigratedPostgres.PASSWORD))
        .collect(Collectors.joining());
  }

  private static String configuration(
      MigratedPostgres server, int port, Path users, String... settings) {
    return """
    [databases]
    %s = host=127.0.0.1 port=%d
    [pgbouncer]
    listen_addr = 127.0.0.1
    listen_port = %d
    unix_socket_dir =
    auth_file = %s
    %s
    """
        .formatted(
            MigratedPostgres.DATABASE, server.port(), port, users, String.join("\n", settings));
  }

  /** The address of the database, in the form that the reactive client reads. */
  public String reactiveUrl() {
    return "postgresql://127.0.0.1:" + port + "/" + MigratedPostgres.DATABASE;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
