package dev.osmo.cli.keyring;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;

/** One call of a helper, at its end. */
record HelperRun(String program, int exitCode, String output) {
  private static final int LONGEST_OUTPUT = 64 * 1024;
  private static final int LONGEST_REASON = 200;

  /**
   * Calls osmo's own helper of this name, else docker's.
   *
   * @param input the whole standard input
   */
  static HelperRun of(String name, String verb, String input) {
    String own = "osmo-credential-" + name;
    String dockers = "docker-credential-" + name;
    return started(own, verb)
        .map(process -> finish(own, process, input))
        .or(() -> started(dockers, verb).map(process -> finish(dockers, process, input)))
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

  private static HelperRun finish(String program, Process process, String input) {
    Timer timer = new Timer("credential helper", true);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            process.destroyForcibly();
          }
        },
        CredentialHelper.PATIENCE.toMillis());
    try (InputStream out = process.getInputStream()) {
      write(process, input);
      String output = new String(out.readNBytes(LONGEST_OUTPUT), StandardCharsets.UTF_8);
      return new HelperRun(program, process.waitFor(), output);
    } catch (IOException broken) {
      return new HelperRun(program, -1, "");
    } catch (InterruptedException interrupted) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Interrupted", "");
    } finally {
      timer.cancel();
    }
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
