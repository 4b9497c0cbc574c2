package dev.osmo.cli.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credential helpers that do not end. */
class HelperRunTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration GENEROUS = Duration.ofMinutes(10);

  @TempDir Path folder;

  @Test
  void a_helper_that_hangs_is_killed() throws IOException {
    HelperRun run = run("sleep 1000");

    assertThat(run.succeeded()).isFalse();
    assertThat(run.reason()).contains("no response within 1 s");
  }

  /** A child process keeps the pipe open. */
  @Test
  void child_processes_of_a_helper_are_killed_with_it() throws Exception {
    Path child = folder.resolve("child");

    Process helper = started("sleep 1000 & echo $! > " + child + "; wait");
    await().atMost(GENEROUS).until(() -> Files.exists(child) && Files.size(child) > 0);

    HelperRun run = HelperRun.finish("x", helper, "", TIMEOUT);

    assertThat(run.succeeded()).isFalse();
    long pid = Long.parseLong(Files.readString(child).strip());
    await()
        .atMost(GENEROUS)
        .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void a_helper_that_closes_its_output_but_runs_on_is_killed() throws IOException {
    assertThat(run("exec >&-; sleep 1000").reason()).contains("the program does not exit");
  }

  @Test
  void an_endless_response_is_not_awaited() throws IOException {
    HelperRun run = HelperRun.finish("x", started("while :; do echo y; done"), "", GENEROUS);

    assertThat(run.succeeded()).isFalse();
    assertThat(run.reason()).contains("the response is too long");
  }

  @Test
  void a_helper_that_reads_no_input_succeeds() throws IOException {
    HelperRun run = HelperRun.finish("x", started("echo well"), "x".repeat(200_000), GENEROUS);

    assertThat(run).isEqualTo(new HelperRun("x", 0, "well\n"));
  }

  private static HelperRun run(String script) throws IOException {
    return HelperRun.finish("x", started(script), "", TIMEOUT);
  }

  private static Process started(String script) throws IOException {
    return new ProcessBuilder("/bin/sh", "-c", script).start();
  }
}
