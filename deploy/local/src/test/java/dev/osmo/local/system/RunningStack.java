package dev.osmo.local.system;

import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.process.Orphans;
import dev.osmo.testkit.waiting.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** One run of {@code deploy/local/up}. */
final class RunningStack {
  static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
  private static final Pattern POSTGRES_PORT =
      Pattern.compile("✔ PostgreSQL.* on 127\\.0\\.0\\.1:(\\d+)");
  private static final Duration DEADLINE = Patience.LONG;

  private final Path data;
  private final int port;
  private final Process process;
  private final Thread reader;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  private RunningStack(Path data, int port, Process process) {
    this.data = data;
    this.port = port;
    this.process = process;
    reader = Thread.ofPlatform().daemon().start(this::read);
  }

  /** Runs the script as a user would, from a folder outside the project. */
  static RunningStack launch(Path data, int port, String... options) throws IOException {
    return launch(data, port, Map.of(), options);
  }

  /** With these environment variables. */
  static RunningStack launch(Path data, int port, Map<String, String> variables, String... options)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("deploy/local/up").toString()));
    command.addAll(
        List.of("--no-build", "--data", data.toString(), "--port", Integer.toString(port)));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(Files.createTempDirectory("elsewhere").toFile());
    builder.environment().putAll(variables);
    return new RunningStack(data, port, builder.start());
  }

  RunningStack awaitText(String text) {
    Awaitility.await(text)
        .atMost(DEADLINE)
        .until(() -> output().contains(text) || !process.isAlive());
    if (!output().contains(text)) {
      awaitExit();
      throw new AssertionError("exited before it printed '" + text + "':\n" + output());
    }
    return this;
  }

  RunningStack awaitReady() {
    return awaitText("In another terminal:");
  }

  /** The exit code. After this call the output is complete. */
  int awaitExit() {
    try {
      if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("did not exit:\n" + output());
      }
      reader.join(DEADLINE);
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Sends a signal. TERM ends the stack in every build. One that a script runs in the background
   * ignores INT, as do its processes.
   */
  void signal(String name) throws IOException {
    Patience.exitOf(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start());
  }

  String output() {
    return String.join("\n", lines) + "\n";
  }

  String url() {
    return "http://localhost:" + port;
  }

  Path file(String name) {
    return data.resolve(name);
  }

  /** Every process of this data folder except the launcher. */
  List<ProcessHandle> children() {
    String tag = DataFolder.open(data).processTag();
    String path = data.toAbsolutePath().toString();
    List<ProcessHandle> byTag = new Orphans(tag).find();
    List<ProcessHandle> byPath =
        ProcessHandle.allProcesses()
            .filter(
                handle ->
                    handle.pid() != process.pid() && handle.pid() != ProcessHandle.current().pid())
            .filter(
                handle ->
                    handle.info().commandLine().filter(line -> line.contains(path)).isPresent())
            .toList();
    List<ProcessHandle> all = new ArrayList<>(byTag);
    all.addAll(byPath);
    return all.stream().distinct().toList();
  }

  /** The first column of the first row, as the superuser. */
  String sql(String query, String... parameters) throws SQLException, IOException {
    try (Connection connection = connectAsSuperuser();
        PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  Connection connectAsSuperuser() throws SQLException, IOException {
    Matcher port = POSTGRES_PORT.matcher(output());
    if (!port.find()) {
      throw new AssertionError("no PostgreSQL port in:\n" + output());
    }
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port.group(1) + "/osmo",
        "postgres",
        Files.readString(file("secrets/postgres.password")).strip());
  }

  /** The value of a metric of a service, 0 if it does not exist. */
  double metric(String service, String name) throws IOException, InterruptedException {
    return metrics(service)
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  /** All metrics of a service, in Prometheus's text format. */
  String metrics(String service) throws IOException, InterruptedException {
    Matcher address =
        Pattern.compile(Pattern.quote(service) + " .* metrics (http\\S+)/q/metrics")
            .matcher(output());
    if (!address.find()) {
      throw new AssertionError("no address of the metrics of " + service + " in:\n" + output());
    }
    return Http.anonymous(address.group(1)).get("/q/metrics").body();
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
