package dev.osmo.cli.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.cli.output.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Hooks are real programs and processes here. */
class HooksTest {
  private static final Duration GENEROUS = Duration.ofMinutes(10);

  @TempDir Path folder;

  @Command
  private static class Typed {
    @Mixin private HookOptions options = new HookOptions();
  }

  private static Hooks hooks(Duration limit, String... words) {
    Typed typed = new Typed();
    new CommandLine(typed).parseArgs(words);
    return new Hooks(typed.options, new Terminal(), limit);
  }

  private static String shell(String script) {
    return "[\"sh\",\"-c\",\"" + script + "\"]";
  }

  @Test
  @Tag("I10")
  void a_program_that_does_not_end_is_killed() throws Exception {
    Path pid = folder.resolve("pid");
    Hooks hooks =
        hooks(Duration.ofSeconds(1), "--exec", shell("echo $$ > " + pid + "; exec sleep 1000"));

    hooks.renewed();

    await().atMost(GENEROUS).until(() -> hooks.failures() == 1);
    long number = Long.parseLong(Files.readString(pid).strip());
    await().atMost(GENEROUS).until(() -> ProcessHandle.of(number).isEmpty());
  }

  @Test
  void failures_are_counted_and_do_not_keep_the_next_hook_from_running() {
    Path ran = folder.resolve("ran");
    Hooks hooks =
        hooks(
            GENEROUS,
            "--exec",
            "[\"/no/such/program\"]",
            "--exec",
            shell("exit 3"),
            "--exec",
            shell("echo done > " + ran),
            "--signal",
            "HUP:/no/such/file",
            "--signal",
            "HUP:1");

    hooks.renewed();

    await().atMost(GENEROUS).until(() -> hooks.failures() == 4);
    assertThat(ran).exists();
  }

  /** Such as a program that is slower than the renewals. */
  @Test
  void renewals_during_a_run_share_the_next_one() throws Exception {
    Path runs = folder.resolve("runs");
    Path go = folder.resolve("go");
    Hooks hooks =
        hooks(
            GENEROUS,
            "--exec",
            shell("echo run >> " + runs + "; while ! test -e " + go + "; do sleep 0.05; done"));

    hooks.renewed();
    await().atMost(GENEROUS).until(() -> Files.exists(runs));
    hooks.renewed();
    hooks.renewed();
    hooks.renewed();
    Files.createFile(go);

    await().atMost(GENEROUS).until(() -> Files.readAllLines(runs).size() == 2);
    hooks.renewed();
    await().atMost(GENEROUS).until(() -> Files.readAllLines(runs).size() == 3);
  }

  /** USR1, because a build that was started with nohup ignores HUP, and so do its programs. */
  @Test
  void a_signal_reaches_the_process_of_a_file() throws Exception {
    Path pid = folder.resolve("pid");
    Path got = folder.resolve("got");
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "trap 'echo got >> "
                    + got
                    + "' USR1; echo $$ > "
                    + pid
                    + "; while :; do sleep 0.05; done")
            .start();
    try {
      await().atMost(GENEROUS).until(() -> Files.exists(pid) && Files.size(pid) > 0);
      Hooks hooks = hooks(GENEROUS, "--signal", "USR1:" + pid);

      hooks.renewed();

      await().atMost(GENEROUS).until(() -> Files.exists(got));
      assertThat(hooks.failures()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
