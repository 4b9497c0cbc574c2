package dev.osmo.http.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BudgetsTest {

  private static final Quota THREE = new Quota("three", 3);

  private long now;
  private final Budgets<String> budgets = new Budgets<>(THREE, 100, () -> now);

  @Test
  void each_key_has_its_own_budget() {
    assertThat(budgets.spend("a")).isTrue();
    assertThat(budgets.spend("a")).isTrue();
    assertThat(budgets.isExhausted("a")).isFalse();
    assertThat(budgets.spend("a")).isTrue();

    assertThat(budgets.isExhausted("a")).isTrue();
    assertThat(budgets.spend("a")).isFalse();
    assertThat(budgets.isExhausted("b")).isFalse();
  }

  @Test
  void a_budget_refills_evenly_with_time() {
    for (int i = 0; i < 3; i++) {
      budgets.spend("a");
    }
    now += Duration.ofSeconds(19).toNanos();
    assertThat(budgets.spend("a")).isFalse();

    now += Duration.ofSeconds(1).toNanos();

    assertThat(budgets.spend("a")).isTrue();
    assertThat(budgets.spend("a")).isFalse();
  }

  @Test
  @Tag("I10")
  void many_keys_use_bounded_memory() {
    for (int i = 0; i < 100_000; i++) {
      budgets.spend("key-" + i);
    }

    assertThat(budgets.size()).isLessThanOrEqualTo(100);
  }

  @Test
  void the_headers_state_the_limit_the_rest_and_when_to_retry() {
    Allowance allowance = THREE.allowance(1);

    assertThat(allowance.policyField()).isEqualTo("\"three\";q=3;w=60");
    assertThat(allowance.stateField()).isEqualTo("\"three\";r=1;t=40");
    assertThat(allowance.retrySeconds()).isEqualTo(20);
  }
}
