package dev.osmo.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LoadResultTest {

  @Test
  void the_last_line_of_the_load_generator_is_the_result() {
    LoadResult result =
        LoadResult.parse(
            """
            Running 2s test @ http://127.0.0.1:40000
            Requests/sec:   1500.00
            {"requests":3000,"micros":2000000,"statusErrors":1,"socketErrors":2,"p50":640,"p90":900,"p99":1500,"max":9000}
            """);

    assertThat(result).isEqualTo(new LoadResult(3000, 2_000_000, 1, 2, 640, 900, 1500, 9000));
    assertThat(result.perSecond()).isEqualTo(1500);
  }

  @Test
  void output_without_a_result_is_an_error() {
    assertThatThrownBy(() -> LoadResult.parse("unable to connect"))
        .hasMessageContaining("unable to connect");
  }
}
