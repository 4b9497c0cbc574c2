package dev.osmo.local.process;

import dev.osmo.local.problem.CannotStart;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The processes of one stack. Starting and stopping exclude each other: after {@link #close}
 * nothing can be started any more, so no process slips through when the launcher is told to stop in
 * the middle of its start.
 */
public final class Children implements AutoCloseable {
  /** Settings of the caller's shell that would reach into the services. */
  private static final List<String> FOREIGN_SETTINGS =
      List.of("QUARKUS_", "TOKEN_SERVICE_", "AUTH_EXCHANGE_", "SMALLRYE_", "MP_", "PG");

  private final Deque<Child> running = new ArrayDeque<>();
  private final CompletableFuture<Child> firstDeath = new CompletableFuture<>();
  private boolean closed;

  /** Starts a process that lives as long as the stack and ends at SIGTERM. */
  public Child start(ChildSpec spec) {
    return watch(launch(spec, Process::destroy));
  }

  /** Starts a process that lives as long as the stack; {@code politeStop} asks it to end. */
  public Child start(ChildSpec spec, Runnable politeStop) {
    return watch(launch(spec, process -> politeStop.run()));
  }

  /** Runs a process that ends by itself and returns its exit code. */
  public int run(ChildSpec spec) {
    Child child = launch(spec, Process::destroy);
    try {
      return child.process().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStart("Interrupted while " + spec.name() + " ran.", e);
    } finally {
      forget(child);
    }
  }

  /** Completes when a process of {@link #start} ends although nobody stopped it. */
  public CompletableFuture<Child> firstDeath() {
    return firstDeath;
  }

  public synchronized boolean closed() {
    return closed;
  }

  /** Stops what runs, the youngest first, and returns when all of it is gone. */
  @Override
  public synchronized void close() {
    closed = true;
    while (!running.isEmpty()) {
      running.pop().stop();
    }
  }

  private synchronized Child launch(ChildSpec spec, Child.Stop politeStop) {
    if (closed) {
      throw new CannotStart("The stack is being stopped.");
    }
    try {
      Child child = new Child(spec, builder(spec).start(), politeStop);
      running.push(child);
      return child;
    } catch (IOException e) {
      throw new CannotStart(spec.name() + " cannot be started: " + e.getMessage(), e);
    }
  }

  private Child watch(Child child) {
    Thread.startVirtualThread(
        () -> {
          child.process().onExit().join();
          noticeDeath(child);
        });
    return child;
  }

  private synchronized void noticeDeath(Child child) {
    if (!closed) {
      running.remove(child);
      firstDeath.complete(child);
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
    environment.keySet().removeIf(key -> FOREIGN_SETTINGS.stream().anyMatch(key::startsWith));
    environment.putAll(spec.environment());
    return builder;
  }

  /** The log of the start before is kept beside the new one; older ones go. */
  private static Path freshLog(Path log) throws IOException {
    if (Files.exists(log)) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
  }
}
