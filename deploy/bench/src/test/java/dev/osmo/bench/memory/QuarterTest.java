package dev.osmo.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QuarterTest {

  private final List<MemorySample> samples =
      LongStream.of(90, 150, 140, 100, 101, 103, 120, 110, 111, 130, 104, 106)
          .mapToObj(mebibytes -> new MemorySample("exchange", 120, mebibytes))
          .toList();

  @Test
  void each_quarter_has_its_least_median_and_greatest() {
    assertThat(Quarter.all(samples))
        .containsExactly(
            new Quarter(90, 140, 150),
            new Quarter(100, 101, 103),
            new Quarter(110, 111, 120),
            new Quarter(104, 106, 130));
  }

  @Test
  void the_growth_is_that_of_the_median_from_the_second_quarter_to_the_last() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    new MemoryTable(samples, 9, 1).print(new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(out.toString(StandardCharsets.UTF_8).replaceAll(" +", " "))
        .contains("exchange 90 / 140 / 150 100 / 101 / 103 110 / 111 / 120 104 / 106 / 130 +5.0")
        .contains("10 requests, 1 failed, 2 minutes");
  }
}
