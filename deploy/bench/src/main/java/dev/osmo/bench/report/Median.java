package dev.osmo.bench.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle of several figures. */
public final class Median {

  private Median() {}

  /**
   * The median.
   *
   * @throws IllegalArgumentException if nothing was measured
   */
  public static <T> double of(List<T> measured, ToDoubleFunction<T> figure) {
    double[] sorted = measured.stream().mapToDouble(figure).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
