package dev.osmo.bench.system;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The tokens that are exchanged, among rows that only fill the tables.
 *
 * @param parts in the order in which they were inserted
 */
record SpreadTokens(List<Part> parts) {

  SpreadTokens {
    parts = List.copyOf(parts);
  }

  /**
   * Tokens that were inserted together.
   *
   * @param rows how many, those that can be exchanged included
   * @param real the texts of those, which are anywhere among the rows
   */
  record Part(int rows, List<String> real) {
    Part {
      real = List.copyOf(real);
    }

    Stream<String> evenly(int wanted) {
      return IntStream.range(0, wanted)
          .map(n -> (int) ((long) n * real.size() / wanted))
          .mapToObj(real::get);
    }
  }

  int rows() {
    return parts.stream().mapToInt(Part::rows).sum();
  }

  SpreadTokens and(Part part) {
    return new SpreadTokens(Stream.concat(parts.stream(), Stream.of(part)).toList());
  }

  /**
   * How many of these rows must be real, so that {@link #evenly} finds as many as wanted.
   *
   * @param total how many rows there will be in all parts together
   */
  static int realAmong(int rows, int total, int wanted) {
    return (int) Math.min(rows, share(rows, total, wanted));
  }

  /** About as many texts as wanted, each part's share in proportion to its rows. */
  List<String> evenly(int wanted) {
    int rows = rows();
    return parts.stream()
        .flatMap(
            part ->
                part.evenly((int) Math.min(part.real().size(), share(part.rows(), rows, wanted))))
        .toList();
  }

  private static long share(int part, int rows, int wanted) {
    return Math.ceilDiv((long) wanted * part, rows);
  }
}
