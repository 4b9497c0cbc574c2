package dev.osmo.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.bench.load.LoadResult;
import dev.osmo.bench.rounds.Round;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GrowthTableTest {

  private final GrowthTable table =
      new GrowthTable(
          List.of(
              step(1000, new PageReads(10, 250, 0), round(50, 20), round(60, 20), round(70, 20)),
              step(
                  500_000,
                  new PageReads(10, 300, 5),
                  round(60, 36),
                  round(60, 28),
                  round(70, 10))));

  @Test
  void the_growth_is_the_ratio_of_the_processor_time_of_both_programs_to_that_at_the_first_size() {
    assertThat(printed())
        .anyMatch(line -> line.startsWith("1,000 warm-exchange 1,000 1 3 60.0 20.0 1.00 "))
        .anyMatch(line -> line.startsWith("500,000 warm-exchange 1,000 1 3 60.0 28.0 1.10 "));
  }

  @Test
  void pages_are_counted_for_each_exchange() {
    assertThat(printed()).contains("1,000 1,000 25.0 0.00", "500,000 1,000 30.0 0.50");
  }

  @Test
  void the_largest_database_has_the_sizes_for_a_million_tokens() {
    assertThat(printed())
        .contains("access_token 60 20", "together 81")
        .noneMatch(line -> line.startsWith("role "));
  }

  private List<String> printed() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    table.print(new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.strip().replaceAll(" +", " "))
        .toList();
  }

  private static GrowthStep step(long tokens, PageReads pages, Round... rounds) {
    return new GrowthStep(
        tokens,
        1000,
        Stream.of(rounds).toList(),
        pages,
        List.of(
            new TableSize("access_token", 30_000_000, 10_000_000),
            new TableSize("role", 200_000, 100_000)));
  }

  private static Round round(double serverMicros, double databaseMicros) {
    return new Round(
        "exchange",
        "warm-exchange",
        Optional.empty(),
        32,
        new LoadResult(1000, 1_000_000, 0, 0, 1, 2, 3, 4),
        serverMicros / 1000,
        databaseMicros / 1000,
        0,
        100);
  }
}
