package dev.osmo.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.testkit.waiting.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinishedTest {
  @TempDir Path folder;

  @Test
  void a_program_that_exits_has_its_code_and_its_output() throws Exception {
    assertThat(Finished.run(shell("cat; echo out; exit 3"), Patience.LONG))
        .isEqualTo(new Finished(3, "out\n"));
  }

  @Test
  void a_program_in_the_background_does_not_delay_it() throws Exception {
    assertThat(Finished.run(shell("echo out; sleep 1000 & echo $! > pid"), Patience.LONG).output())
        .isEqualTo("out\n");

    assertThat(started().destroyForcibly()).as("it runs").isTrue();
  }

  @Test
  void a_program_that_hangs_is_killed_with_what_it_started_and_its_output_is_shown() {
    assertThatThrownBy(
            () ->
                Finished.run(
                    shell("echo begun; (echo $BASHPID > pid; exec sleep 1000); echo never"),
                    Duration.ofSeconds(2)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("begun");

    Awaitility.await()
        .atMost(Patience.LONG)
        .until(() -> !Files.exists(folder.resolve("pid")) || !isAlive());
  }

  private boolean isAlive() throws Exception {
    return ProcessHandle.of(pid()).map(ProcessHandle::isAlive).orElse(false);
  }

  private ProcessHandle started() throws Exception {
    return ProcessHandle.of(pid()).orElseThrow();
  }

  private long pid() throws Exception {
    return Long.parseLong(Files.readString(folder.resolve("pid")).strip());
  }

  private ProcessBuilder shell(String commands) {
    return new ProcessBuilder("bash", "-c", commands).directory(folder.toFile());
  }
}
