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

/** One call of a helper, at its end. */
record HelperRun(String program, int exitCode, String output) {
  private static final int LONGEST_OUTPUT = 64 * 1024;
  private static final int LONGEST_REASON = 200;
  private static final int GIVEN_UP = -1;

  /**
   * Calls osmo's own helper of this name, else docker's.
   *
   * @param input the whole standard input
   */
  static HelperRun of(String name, String verb, String input) {
    String own = "osmo-credential-" + name;
    String dockers = "docker-credential-" + name;
    return started(own, verb)
        .map(process -> finish(own, process, input, CredentialHelper.PATIENCE))
        .or(
            () ->
                started(dockers, verb)
                    .map(process -> finish(dockers, process, input, CredentialHelper.PATIENCE)))
        .orElseThrow(() -> missing(own, dockers));
  }

  boolean succeeded() {
    return exitCode == 0;
  }

  /** The first line of what it printed, as helpers explain a refusal. */
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
   * Waits for the end, but not for ever: what a helper has started may hold its output open, and
   * its output may have no end.
   */
  static HelperRun finish(String program, Process process, String input, Duration patience) {
    FutureTask<String> reading = new FutureTask<>(() -> output(process));
    Thread.ofPlatform().daemon().name("credential helper").start(reading);
    try {
      write(process, input);
      String output = reading.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return new HelperRun(program, process.exitValue(), output);
      }
      return givenUp(program, process, "it does not end");
    } catch (TimeoutException silent) {
      return givenUp(program, process, "no answer within " + patience.toSeconds() + " s");
    } catch (ExecutionException broken) {
      return givenUp(program, process, "an answer without end");
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

  private static HelperRun givenUp(String program, Process process, String why) {
    kill(process);
    return new HelperRun(program, GIVEN_UP, why);
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** A helper that wants to read nothing may have ended already. */
  private static void write(Process process, String input) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException notRead) {
      // Its exit code says whether that was right.
    }
  }

  private static Failure missing(String own, String dockers) {
    return Failure.of(
        ExitCode.USER_ERROR,
        "There is no such credential helper: neither " + own + " nor " + dockers + " can be run",
        "Install one of them on the PATH.");
  }
}
