package dev.osmo.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A service as a process, which may be in a sandbox. */
final class RunningService implements AutoCloseable {

  /** More than a busy machine needs, also to write a cache. */
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String name;
  private final Process process;
  private final Path log;
  private final URI ready;
  private final Instant started = Instant.now();
  private Duration start = Duration.ZERO;

  private RunningService(String name, Process process, Path log, int management) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.ready = URI.create("http://127.0.0.1:%d/q/health/ready".formatted(management));
  }

  /**
   * Starts the command with these settings and nothing else of the environment.
   *
   * @param management its port for health checks
   */
  static RunningService start(
      String name, List<String> command, Map<String, String> settings, Path log, int management) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG"));
    builder.environment().putAll(settings);
    try {
      return new RunningService(name, builder.start(), log, management);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Repeats a request until its result is not empty. */
  static String patiently(Callable<String> request) {
    Instant deadline = Instant.now().plus(DEADLINE);
    while (Instant.now().isBefore(deadline)) {
      try {
        String result = request.call();
        if (!result.isEmpty()) {
          return result;
        }
        Thread.sleep(20);
      } catch (IOException notYet) {
        // The next attempt.
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    throw new IllegalStateException("no response in " + DEADLINE);
  }

  /** One that does not become ready is killed. */
  RunningService awaitReady() {
    try {
      patiently(() -> !process.isAlive() || isReady() ? "ready" : "");
    } catch (IllegalStateException late) {
      close();
      throw late;
    }
    start = Duration.between(started, Instant.now());
    if (!process.isAlive()) {
      throw new IllegalStateException(name + " exited: " + output());
    }
    return this;
  }

  /** How long it took until it was ready. */
  Duration startTime() {
    return start;
  }

  private boolean isReady() throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding()).statusCode()
        == 200;
  }

  void awaitSuccess() {
    if (awaitExit() != 0) {
      throw new IllegalStateException(name + " failed: " + output());
    }
  }

  /** Sends SIGTERM to the service, which is a child of its sandbox, and waits for its exit. */
  int stop() {
    List<ProcessHandle> inside = process.children().toList();
    if (inside.isEmpty()) {
      process.destroy();
    } else {
      inside.forEach(ProcessHandle::destroy);
    }
    return awaitExit();
  }

  private int awaitExit() {
    try {
      if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        close();
        throw new IllegalStateException(name + " did not exit: " + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills what is left. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
