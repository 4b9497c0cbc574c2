package dev.osmo.cli.keyring;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The result of one call of a credential helper. */
record HelperRun(String program, int exitCode, String output) {
  private static final int LONGEST_OUTPUT = 64 * 1024;
  private static final int LONGEST_REASON = 200;
  private static final int ABORTED = -1;

  /**
   * Calls osmo's helper of this name, else docker's.
   *
   * @param input the complete standard input
   */
  static HelperRun of(String name, String verb, String input) {
    String own = "osmo-credential-" + name;
    String dockers = "docker-credential-" + name;
    return started(own, verb)
        .map(process -> finish(own, process, input, CredentialHelper.TIMEOUT))
        .or(
            () ->
                started(dockers, verb)
                    .map(process -> finish(dockers, process, input, CredentialHelper.TIMEOUT)))
        .orElseThrow(() -> missing(own, dockers));
  }

  boolean succeeded() {
    return exitCode == 0;
  }

  /** The first line of the output, where helpers explain a failure. */
  Optional<String> reason() {
    return output
        .lines()
        .findFirst()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(line -> line.substring(0, Math.min(LONGEST_REASON, line.length())));
  }

  @Override
  public String toString() {
    return "HelperRun[" + program + ", " + exitCode + "]";
  }

  private static Optional<Process> started(String program, String verb) {
    try {
      return Optional.of(new ProcessBuilder(program, verb).redirectError(Redirect.INHERIT).start());
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }

  /**
   * Waits for the exit, up to the timeout: a child process of the helper may keep its output open,
   * or the output may be endless.
   */
  static HelperRun finish(String program, Process process, String input, Duration timeout) {
    FutureTask<String> reading = new FutureTask<>(() -> output(process));
    Thread.ofPlatform().daemon().name("credential helper").start(reading);
    try {
      write(process, input);
      String output = reading.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return new HelperRun(program, process.exitValue(), output);
      }
      return abort(program, process, "the program does not exit");
    } catch (TimeoutException silent) {
      return abort(program, process, "no response within " + timeout.toSeconds() + " s");
    } catch (ExecutionException broken) {
      return abort(program, process, "the response is too long");
    } catch (InterruptedException interrupted) {
      kill(process);
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Interrupted", "");
    }
  }

  private static String output(Process process) throws IOException {
    byte[] output = process.getInputStream().readNBytes(LONGEST_OUTPUT + 1);
    if (output.length > LONGEST_OUTPUT) {
      throw new IOException("too long");
    }
    return new String(output, StandardCharsets.UTF_8);
  }

  private static HelperRun abort(String program, Process process, String why) {
    kill(process);
    return new HelperRun(program, ABORTED, why);
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** A helper that reads no input may have exited already. */
  private static void write(Process process, String input) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException notRead) {
      // The exit code reports whether it succeeded.
    }
  }

  private static Failure missing(String own, String dockers) {
    return Failure.of(
        ExitCode.USER_ERROR,
        "Neither " + own + " nor " + dockers + " can be run",
        "Install one of these credential helpers on the PATH.");
  }
}
