package dev.osmo.local.process;

import dev.osmo.local.CannotStart;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The processes of one stack. Starting and stopping are mutually exclusive. After {@link #close},
 * no process can be started. So a launcher that stops during its start leaves no process running.
 */
public final class Children implements AutoCloseable {
  /** Variables of the caller's shell that would configure the services. */
  private static final List<String> SERVICE_VARIABLES =
      List.of(
          "QUARKUS_", "TOKEN_SERVICE_", "AUTH_EXCHANGE_", "SAMPLE_API_", "SMALLRYE_", "MP_", "PG");

  private final Deque<Child> running = new ArrayDeque<>();
  private final CompletableFuture<Child> firstUnexpectedExit = new CompletableFuture<>();
  private boolean closed;

  /** Starts a process that runs as long as the stack and stops at SIGTERM. */
  public Child start(ChildSpec spec) {
    return watch(launch(spec, Process::destroy));
  }

  /** Starts a process that runs as long as the stack and stops by {@code gracefulStop}. */
  public Child start(ChildSpec spec, Runnable gracefulStop) {
    return watch(launch(spec, process -> gracefulStop.run()));
  }

  /** Runs a process until it exits and returns its exit code. */
  public int run(ChildSpec spec) {
    Child child = launch(spec, Process::destroy);
    try {
      return child.process().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStart("Interrupted while running " + spec.name() + ".", e);
    } finally {
      forget(child);
    }
  }

  /** Runs a process during an action. It has {@code grace} for its exit. */
  public void runDuring(Consumer<Child> action, ChildSpec spec, Duration grace) {
    Child child = launch(spec, Process::destroy);
    try {
      action.accept(child);
    } finally {
      child.stop(grace);
      forget(child);
    }
  }

  /** Completes when a process of {@link #start} exits unexpectedly. */
  public CompletableFuture<Child> firstUnexpectedExit() {
    return firstUnexpectedExit;
  }

  public synchronized boolean closed() {
    return closed;
  }

  /** Stops all processes, the last started first. Returns after their exit. */
  @Override
  public synchronized void close() {
    closed = true;
    while (!running.isEmpty()) {
      running.pop().stop();
    }
  }

  private synchronized Child launch(ChildSpec spec, Child.Stop gracefulStop) {
    if (closed) {
      throw new CannotStart("The stack is stopping.");
    }
    try {
      Child child = new Child(spec, builder(spec).start(), gracefulStop);
      running.push(child);
      return child;
    } catch (IOException e) {
      throw new CannotStart("Cannot start " + spec.name() + ": " + e.getMessage(), e);
    }
  }

  private Child watch(Child child) {
    Thread.startVirtualThread(
        () -> {
          child.process().onExit().join();
          reportExit(child);
        });
    return child;
  }

  private synchronized void reportExit(Child child) {
    if (!closed) {
      running.remove(child);
      firstUnexpectedExit.complete(child);
    }
  }

  private synchronized void forget(Child child) {
    running.remove(child);
  }

  private static ProcessBuilder builder(ChildSpec spec) throws IOException {
    List<String> command = new ArrayList<>(OwnSession.prefix());
    command.addAll(spec.command());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectOutput(freshLog(spec.log()).toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(key -> SERVICE_VARIABLES.stream().anyMatch(key::startsWith));
    environment.putAll(spec.environment());
    return builder;
  }

  /** Keeps the log of the previous start and replaces the one before. */
  private static Path freshLog(Path log) throws IOException {
    if (Files.exists(log)) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
  }
}
