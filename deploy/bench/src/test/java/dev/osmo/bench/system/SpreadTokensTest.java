package dev.osmo.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.bench.system.SpreadTokens.Part;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTokensTest {

  private static final int WANTED = 2000;

  private final SpreadTokens first = new SpreadTokens(List.of(part("a", 1000, 1000)));

  @Test
  void each_part_has_a_share_in_proportion_to_its_rows() {
    SpreadTokens grown =
        first.and(part("b", 99_000, SpreadTokens.realAmong(99_000, 100_000, WANTED)));

    List<String> exchanged = grown.evenly(WANTED);

    assertThat(grown.rows()).isEqualTo(100_000);
    assertThat(exchanged).hasSize(WANTED).doesNotHaveDuplicates();
    assertThat(exchanged).filteredOn(text -> text.startsWith("a")).hasSize(20);
  }

  @Test
  void the_texts_of_a_part_are_taken_at_equal_distances() {
    SpreadTokens grown = first.and(part("b", 3000, 10));

    assertThat(grown.evenly(20)).contains("a0", "a200", "a400", "a600", "a800").hasSize(15);
  }

  @Test
  void a_small_database_has_fewer_than_wanted() {
    assertThat(first.evenly(WANTED)).hasSize(1000);
    assertThat(SpreadTokens.realAmong(500, 1500, WANTED)).isEqualTo(500);
  }

  private static Part part(String name, int rows, int real) {
    return new Part(rows, IntStream.range(0, real).mapToObj(n -> name + n).toList());
  }
}
