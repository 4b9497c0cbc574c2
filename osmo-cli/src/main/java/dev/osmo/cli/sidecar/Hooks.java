package dev.osmo.cli.sidecar;

import dev.osmo.cli.environment.Surroundings;
import dev.osmo.cli.output.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells programs that there is a new JWT. Guarantees: after each renewal, each hook begins once
 * more, although renewals during a run share one; a hook runs at most {@link #LIMIT}; a failure is
 * reported and counted, and stops nothing; no hook receives the JWT or the token.
 */
final class Hooks {
  static final Duration LIMIT = Duration.ofSeconds(30);

  private final HookOptions options;
  private final Terminal terminal;
  private final Duration limit;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final ReentrantLock turn = new ReentrantLock();
  private final LongAdder failures = new LongAdder();

  Hooks(HookOptions options, Terminal terminal) {
    this(options, terminal, LIMIT);
  }

  Hooks(HookOptions options, Terminal terminal, Duration limit) {
    this.limit = limit;
    this.options = options;
    this.terminal = terminal;
  }

  /** Returns immediately. */
  void renewed() {
    boolean any = !options.programs().isEmpty() || !options.notices().isEmpty();
    if (any && waiting.compareAndSet(false, true)) {
      Thread.ofVirtual().start(this::inTurn);
    }
  }

  long failures() {
    return failures.sum();
  }

  private void inTurn() {
    turn.lock();
    try {
      waiting.set(false);
      options.programs().forEach(this::run);
      options.notices().forEach(this::send);
    } finally {
      turn.unlock();
    }
  }

  private void run(HookOptions.Program program) {
    ProcessBuilder builder = new ProcessBuilder(program.words()).inheritIO();
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().keySet().removeAll(Surroundings.CREDENTIALS);
    String name = program.words().getFirst();
    try {
      Process process = builder.start();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        failed("The program " + name + " ran longer than " + limit.toSeconds() + " seconds");
      } else if (process.exitValue() != 0) {
        failed("The program " + name + " failed with exit code " + process.exitValue());
      }
    } catch (IOException unstartable) {
      failed("Cannot run " + name);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(HookOptions.Notice notice) {
    try {
      if (!notice.signal().sendTo(pid(notice.process()))) {
        failed("No process " + notice.process() + " received the signal " + notice.signal());
      }
    } catch (IOException | NumberFormatException unreadable) {
      failed("Cannot send the signal " + notice.signal() + " to " + notice.process());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Not 1, which is the sidecar itself or the init process. */
  private static long pid(String process) throws IOException {
    long pid =
        Long.parseLong(
            process.startsWith("/") ? Files.readString(Path.of(process)).strip() : process);
    if (pid <= 1) {
      throw new NumberFormatException();
    }
    return pid;
  }

  private void failed(String what) {
    failures.increment();
    terminal.message(what + ".");
  }
}
