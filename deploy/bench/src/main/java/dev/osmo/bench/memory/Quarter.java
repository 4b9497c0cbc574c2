package dev.osmo.bench.memory;

import dev.osmo.bench.report.Median;
import java.util.List;
import java.util.stream.IntStream;

/** The least, the median and the greatest of one quarter of the samples. */
record Quarter(long least, double median, long greatest) {

  private static final int QUARTERS = 4;

  /**
   * The quarters of the samples of one service.
   *
   * @param samples in the order of time; as many in each quarter as possible
   * @throws IllegalArgumentException if a quarter has none
   */
  static List<Quarter> all(List<MemorySample> samples) {
    return IntStream.range(0, QUARTERS)
        .mapToObj(
            n ->
                of(
                    samples.subList(
                        n * samples.size() / QUARTERS, (n + 1) * samples.size() / QUARTERS)))
        .toList();
  }

  private static Quarter of(List<MemorySample> samples) {
    double median = Median.of(samples, MemorySample::mebibytes);
    return new Quarter(
        samples.stream().mapToLong(MemorySample::mebibytes).min().orElseThrow(),
        median,
        samples.stream().mapToLong(MemorySample::mebibytes).max().orElseThrow());
  }
}
