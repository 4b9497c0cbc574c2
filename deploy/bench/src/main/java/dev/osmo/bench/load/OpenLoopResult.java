package dev.osmo.bench.load;

import dev.osmo.bench.load.OpenLoop.Sent;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.function.IntPredicate;

/**
 * What a load at a fixed rate saw. Latencies in microseconds, from the moment at which a request
 * was sent.
 *
 * @param rate requests a second that were asked for
 * @param sent requests in all
 * @param micros from the first request to the last
 * @param admitted how many were answered 2xx
 * @param refused how many were answered 503
 * @param failed other responses and broken connections
 */
public record OpenLoopResult(
    int rate,
    long sent,
    long micros,
    long admitted,
    long p50,
    long p99,
    long refused,
    long refusedP99,
    long failed) {

  private static final int BUSY = 503;

  static OpenLoopResult of(int rate, List<Sent> sent) {
    LongSummaryStatistics starts = sent.stream().mapToLong(Sent::start).summaryStatistics();
    List<Long> admitted = latencies(sent, status -> status >= 200 && status < 300);
    List<Long> refused = latencies(sent, status -> status == BUSY);
    return new OpenLoopResult(
        rate,
        sent.size(),
        starts.getMax() - starts.getMin(),
        admitted.size(),
        percentile(admitted, 50),
        percentile(admitted, 99),
        refused.size(),
        percentile(refused, 99),
        sent.size() - admitted.size() - refused.size());
  }

  /** Requests a second that were really sent. */
  public double sentPerSecond() {
    return sent * 1e6 / micros;
  }

  /** Successful responses a second. */
  public double perSecond() {
    return admitted * 1e6 / micros;
  }

  private static List<Long> latencies(List<Sent> sent, IntPredicate status) {
    return sent.stream()
        .filter(one -> status.test(one.status()))
        .map(Sent::micros)
        .sorted()
        .toList();
  }

  private static long percentile(List<Long> sorted, int percent) {
    return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * percent / 100);
  }
}
