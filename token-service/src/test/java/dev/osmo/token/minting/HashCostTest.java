package dev.osmo.token.minting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.runtime.LaunchMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashCostTest {

  /** A cost as an operator sets it. */
  private record Setting(int memoryKib, int iterations) implements TokenServiceSettings.Argon2 {}

  @ParameterizedTest
  @CsvSource({"64, 2", "19455, 2", "19456, 1"})
  void a_cost_below_the_minimum_is_refused_outside_tests(int memoryKib, int iterations) {
    Setting cheap = new Setting(memoryKib, iterations);

    assertThatThrownBy(() -> HashCost.of(cheap, LaunchMode.NORMAL))
        .hasMessageContaining("at least 19456 KiB and 2 iterations");
    assertThat(HashCost.of(cheap, LaunchMode.TEST).memoryKib()).isEqualTo(memoryKib);
  }

  @Test
  void the_minimum_is_accepted() {
    assertThat(HashCost.of(new Setting(19456, 2), LaunchMode.NORMAL).iterations()).isEqualTo(2);
  }
}
