package dev.osmo.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.local.CannotStart;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {
  @TempDir Path temp;

  private final Children children = new Children();

  @AfterEach
  void stop() {
    children.close();
  }

  private ChildSpec shell(String name, String script, Map<String, String> environment) {
    return new ChildSpec(
        name, List.of("sh", "-c", script), environment, temp.resolve(name + ".log"));
  }

  private ChildSpec shell(String name, String script) {
    return shell(name, script, Map.of());
  }

  @Test
  void closing_stops_every_process_the_last_started_first() throws IOException {
    String script =
        "trap 'echo %s >> "
            + temp.resolve("order")
            + "; exit 0' TERM; while :; do sleep 0.05; done";
    Child first = children.start(shell("first", script.formatted("first")));
    Child second = children.start(shell("second", script.formatted("second")));
    awaitTrap();

    children.close();

    assertThat(first.alive()).isFalse();
    assertThat(second.alive()).isFalse();
    assertThat(Files.readAllLines(temp.resolve("order"))).containsExactly("second", "first");
  }

  /** A shell that has started its first sleep has set its trap. */
  private static void awaitTrap() {
    org.awaitility.Awaitility.await()
        .atMost(Patience.LONG)
        .until(
            () ->
                ProcessHandle.current()
                        .children()
                        .filter(child -> child.children().findAny().isPresent())
                        .count()
                    == 2);
  }

  @Test
  void an_unexpected_exit_is_reported_with_the_last_lines_of_the_log() throws Exception {
    children.start(shell("steady", "sleep 1000"));
    children.start(shell("fragile", "echo disk failure; exit 7"));

    Child exited = children.firstUnexpectedExit().get(10, TimeUnit.MINUTES);

    assertThat(exited.exitReport())
        .contains("fragile", "exit code 7", "disk failure", "fragile.log");
  }

  @Test
  void a_process_that_was_stopped_is_not_reported() {
    children.start(shell("steady", "sleep 1000"));

    children.close();

    assertThat(children.firstUnexpectedExit()).isNotDone();
  }

  @Test
  void nothing_starts_after_close() {
    children.close();

    assertThatThrownBy(() -> children.start(shell("late", "sleep 1000")))
        .isInstanceOf(CannotStart.class);
  }

  @Test
  void a_process_that_runs_to_its_end_returns_its_exit_code() {
    assertThat(children.run(shell("good", "exit 0"))).isZero();
    assertThat(children.run(shell("bad", "exit 3"))).isEqualTo(3);
    assertThat(children.firstUnexpectedExit()).isNotDone();
  }

  @Test
  void a_child_has_its_own_session_so_that_ctrl_c_in_the_terminal_does_not_reach_it()
      throws IOException {
    children.run(shell("who", "ps -o sid= -p $$; ps -o sid= -p $PPID"));

    List<String> sessions =
        Files.readAllLines(temp.resolve("who.log")).stream().map(String::strip).toList();
    assertThat(sessions.get(0)).isNotEqualTo(sessions.get(1));
  }

  @Test
  void the_log_of_the_previous_run_is_kept() {
    children.run(shell("twice", "echo one"));
    children.run(shell("twice", "echo two"));

    assertThat(temp.resolve("twice.log")).hasContent("two");
    assertThat(temp.resolve("twice.log.1")).hasContent("one");
  }

  @Test
  void a_spec_never_prints_the_passwords_in_its_environment() {
    assertThat(
            shell("service", "true", Map.of("QUARKUS_DATASOURCE_PASSWORD", "hunter2")).toString())
        .doesNotContain("hunter2");
  }

  @Test
  void an_orphan_is_found_by_its_mark_and_other_processes_keep_running() throws IOException {
    Process orphan = new ProcessBuilder("sh", "-c", "sleep 1000; : osmo-stack-mine").start();
    Process other = new ProcessBuilder("sh", "-c", "sleep 1000; : osmo-stack-theirs").start();
    try {
      int stopped = new Orphans("osmo-stack-mine").stop(process -> true);

      assertThat(stopped).isEqualTo(1);
      assertThat(orphan.isAlive()).isFalse();
      assertThat(other.isAlive()).isTrue();
    } finally {
      orphan.destroyForcibly();
      other.descendants().forEach(ProcessHandle::destroyForcibly);
      other.destroyForcibly();
    }
  }
}
