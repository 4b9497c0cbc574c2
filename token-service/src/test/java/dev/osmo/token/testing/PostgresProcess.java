package dev.osmo.token.testing;

import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** The server process of an embedded PostgreSQL, which a test can kill and start again. */
public final class PostgresProcess {

  private final MigratedPostgres postgres;
  private final Path folder;
  private final List<String> command;

  private PostgresProcess(MigratedPostgres postgres, Path folder, List<String> command) {
    this.postgres = postgres;
    this.folder = folder;
    this.command = command;
  }

  public static PostgresProcess of(MigratedPostgres postgres) {
    Path folder = postgres.dataDirectory();
    try {
      long pid = Long.parseLong(Files.readAllLines(folder.resolve("postmaster.pid")).getFirst());
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
      return new PostgresProcess(postgres, folder, Arrays.asList(line.split("\0")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a failure of the machine does. Its child processes notice it and exit. */
  public void kill() {
    running().ifPresent(ProcessHandle::destroyForcibly);
    Awaitility.await().atMost(Patience.LONG).until(() -> running().isEmpty());
  }

  /** Starts again after {@link #kill}, and waits until the server accepts connections. */
  public void restart() {
    Awaitility.await()
        .atMost(Patience.LONG)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .until(this::startsOrRuns);
  }

  /** A start fails while processes of the killed server still exist. */
  private boolean startsOrRuns() throws Exception {
    if (running().isEmpty()) {
      List<String> start = new ArrayList<>();
      if ("root".equals(System.getProperty("user.name"))) {
        start.addAll(List.of("unshare", "-U")); // PostgreSQL refuses to run as root.
      }
      start.addAll(command);
      new ProcessBuilder(start)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    }
    try (Connection connection = postgres.connectAsSuperuser()) {
      return connection.isValid(1);
    }
  }

  private Optional<ProcessHandle> running() {
    try {
      String pid = Files.readAllLines(folder.resolve("postmaster.pid")).getFirst();
      return ProcessHandle.of(Long.parseLong(pid.strip())).filter(ProcessHandle::isAlive);
    } catch (IOException notRunning) {
      return Optional.empty();
    }
  }
}
