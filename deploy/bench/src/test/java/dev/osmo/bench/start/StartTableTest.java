package dev.osmo.bench.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.bench.report.Report;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartTableTest {

  @Test
  void the_table_has_the_median_with_and_without_a_cache() {
    StartTable table =
        new StartTable(
            List.of(
                new ServiceStart("exchange", false, 4000),
                new ServiceStart("exchange", true, 1400),
                new ServiceStart("exchange", true, 1200),
                new ServiceStart("exchange", true, 1900)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    new Report(List.of(new StartTable(List.of()), table), Map.of())
        .print(new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(out.toString(StandardCharsets.UTF_8).lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly("start until ready ms with a cache ms", "exchange 4,000 1,400");
  }
}
