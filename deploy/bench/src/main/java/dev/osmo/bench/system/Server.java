package dev.osmo.bench.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program that is measured, as a process of its own. */
public final class Server implements AutoCloseable {

  private static final Duration DEADLINE = Duration.ofMinutes(5);

  /** A JVM that writes an ahead-of-time cache at its end needs a while. */
  private static final int SECONDS_TO_END = 180;

  private static final int POLL_MILLIS = 20;
  private static final int ANSWER_MILLIS = 10_000;

  private final String name;
  private final Process process;
  private final int port;
  private final Path log;

  private Server(String name, Process process, int port, Path log) {
    this.name = name;
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Starts the program and waits until its port accepts connections. */
  public static Server start(
      String name, List<String> command, Map<String, String> environment, int port, Path log) {
    Server server = launch(name, command, environment, port, log);
    server.await(server::accepts, POLL_MILLIS);
    return server;
  }

  private static Server launch(
      String name, List<String> command, Map<String, String> environment, int port, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    try {
      return new Server(name, builder.start(), port, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * As {@link #start}, with the Java that this program uses.
   *
   * @param java the options and arguments after {@code java}
   */
  static Server startJava(
      String name, List<String> java, Map<String, String> environment, int port, Path log) {
    return start(name, command(java), environment, port, log);
  }

  /** As {@link #startJava}, but waits until the service says that it is ready. */
  static Server startJavaUntilReady(
      String name,
      List<String> java,
      Map<String, String> environment,
      int port,
      int managementPort,
      Path log) {
    Server server = launch(name, command(java), environment, port, log);
    server.await(() -> isReady(managementPort), 1);
    return server;
  }

  private static List<String> command(List<String> java) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java);
    return command;
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public int port() {
    return port;
  }

  /** The memory that the process holds now, in MiB. */
  public long residentMebibytes() {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .map(kibibytes -> kibibytes >> 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void await(BooleanSupplier up, int pollMillis) {
    Instant deadline = Instant.now().plus(DEADLINE);
    while (!up.getAsBoolean()) {
      if (!process.isAlive() || Instant.now().isAfter(deadline)) {
        close();
        throw new IllegalStateException(name + " did not start; see " + log + ".");
      }
      try {
        Thread.sleep(pollMillis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private static boolean isReady(int managementPort) {
    try {
      HttpURLConnection request =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:%d/q/health/ready".formatted(managementPort))
                  .toURL()
                  .openConnection();
      request.setConnectTimeout(ANSWER_MILLIS);
      request.setReadTimeout(ANSWER_MILLIS);
      return request.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException closed) {
      return false;
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException closed) {
      return false;
    }
  }
}
