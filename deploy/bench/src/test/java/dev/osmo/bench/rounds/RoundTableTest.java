package dev.osmo.bench.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.bench.load.LoadResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTableTest {

  @TempDir Path folder;

  private final RoundTable table =
      new RoundTable(
          List.of(
              round("batched", "warm-exchange", 1000),
              round("exchange", "warm-exchange", 600),
              round("exchange", "introspection", 200),
              round("keycloak", "client-credentials", 50),
              round("keycloak", "introspection", 25)));

  @Test
  void
      the_table_has_medians_and_ratios_to_the_batched_ceiling_and_to_the_closest_work_of_keycloak() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    table.print(new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(out.toString(StandardCharsets.UTF_8).lines().map(line -> line.replaceAll(" +", " ")))
        .anyMatch(line -> line.startsWith("exchange warm-exchange 32 600 0.60 12.00 "))
        .anyMatch(line -> line.startsWith("exchange introspection 32 200 0.20 8.00 "));
  }

  @Test
  void the_chart_is_xml_with_a_bar_for_each_kind_of_work() throws Exception {
    Path chart = folder.resolve("chart.svg");
    table.draw(chart);

    var root =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(Files.newInputStream(chart))
            .getDocumentElement();
    assertThat(root.getElementsByTagName("rect").getLength()).isEqualTo(1 + 5);
  }

  private static Round round(String server, String workload, long rate) {
    LoadResult load = new LoadResult(rate, 1_000_000, 0, 0, 1, 2, 3, 4);
    return new Round(server, workload, Optional.of("warm-exchange"), 32, load, 1, 1, 0, 100);
  }
}
