package dev.osmo.bench.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.waiting.Patience;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessorTimeTest {

  private static final String BUSY = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";

  @Test
  void the_time_of_an_ended_child_is_counted() throws Exception {
    Duration before = ProcessorTime.ofEndedChildren();

    assertThat(Patience.exitOf(new ProcessBuilder("sh", "-c", BUSY).start())).isZero();

    assertThat(ProcessorTime.ofEndedChildren()).isGreaterThan(before);
  }

  @Test
  void the_time_of_a_running_descendant_is_counted() throws Exception {
    Process parent = new ProcessBuilder("sh", "-c", BUSY + "; echo done; read end").start();
    try {
      assertThat(parent.inputReader().readLine()).isEqualTo("done");

      assertThat(ProcessorTime.ofTree(parent.pid())).isPositive();
      assertThat(ProcessorTime.ofMachine())
          .isGreaterThanOrEqualTo(ProcessorTime.ofTree(parent.pid()));
    } finally {
      parent.destroy();
    }
  }

  @Test
  void a_process_that_has_ended_counts_nothing() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    Patience.exitOf(ended);

    assertThat(ProcessorTime.ofTree(ended.pid())).isZero();
  }
}
