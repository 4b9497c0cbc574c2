package dev.osmo.bench.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.osmo.testkit.waiting.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class CpuBudgetsTest {

  @TempDir Path folder;

  @Test
  void a_process_is_moved_to_a_group_of_its_own_which_is_removed_later() throws Exception {
    Optional<CpuBudgets> budgets = CpuBudgets.ofThisMachine();
    assumeThat(budgets).as("the right to create a control group").isPresent();
    Process limited = new ProcessBuilder("sh", "-c", "read end").start();

    budgets.get().limit(limited.pid(), 0.5);

    Path group = budgets.get().groups().getFirst();
    assertThat(Files.readString(Path.of("/proc", Long.toString(limited.pid()), "cgroup")))
        .contains("/" + group.getFileName() + "\n");
    limited.destroy();
    Patience.exitOf(limited);
    budgets.get().close();
    assertThat(group).doesNotExist();
  }

  @Test
  void a_machine_without_control_groups_has_no_budgets() {
    assertThat(CpuBudgets.below(folder)).isEmpty();
  }

  @Test
  void a_budget_below_what_the_kernel_accepts_is_refused() {
    assertThat(CpuBudgets.quotaMicros(0.1)).isEqualTo(1000);
    assertThat(CpuBudgets.quotaMicros(1.5)).isEqualTo(15_000);
    assertThatThrownBy(() -> CpuBudgets.quotaMicros(0.05)).hasMessageContaining("at least 0.1");
  }
}
