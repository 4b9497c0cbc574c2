package dev.osmo.bench.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.bench.load.LoadResult;
import dev.osmo.bench.rounds.Round;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicaTableTest {

  @Test
  void the_scaling_is_the_ratio_to_the_rate_of_the_fewest_replicas() {
    ReplicaTable table =
        new ReplicaTable(
            List.of(round(1, 1000), round(4, 3600), round(1, 1100), round(4, 3800), round(1, 900)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    table.print(new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(
            out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.strip().replaceAll(" +", " ")))
        .contains("1 1,000 1,000 1.00 0.98 20 10 1 3 0.05", "4 3,700 925 3.70 0.98 20 10 1 3 0.05");
  }

  private static ReplicaRound round(int replicas, long rate) {
    LoadResult load = new LoadResult(rate, 1_000_000, 0, 0, 1, 2, 3, 4);
    return new ReplicaRound(
        replicas,
        new Round("front", "warm-exchange", Optional.empty(), 32, load, 0.01, 0.02, 0.05, 10),
        0.98);
  }
}
