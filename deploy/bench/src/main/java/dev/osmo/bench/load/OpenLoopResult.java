package dev.osmo.bench.load;

import dev.osmo.bench.load.OpenLoop.Sent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/**
 * What a load at a fixed rate saw. Latencies in microseconds, from the moment at which a request
 * was sent.
 *
 * @param rate requests a second that were asked for
 * @param sent requests in the time that was measured
 * @param micros how long that was
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

  /**
   * The result of a part of the time. At its end, the load is no longer that which was asked for:
   * some connections have already sent all of their requests.
   *
   * @param all in any order
   * @param skipped after the first request
   */
  static OpenLoopResult of(int rate, List<Sent> all, Duration skipped, Duration measured) {
    long first = all.stream().mapToLong(Sent::start).min().orElse(0) + micros(skipped);
    long end = first + micros(measured);
    List<Sent> sent =
        all.stream().filter(one -> one.start() >= first && one.start() < end).toList();
    List<Long> admitted = latencies(sent, status -> status >= 200 && status < 300);
    List<Long> refused = latencies(sent, status -> status == BUSY);
    return new OpenLoopResult(
        rate,
        sent.size(),
        micros(measured),
        admitted.size(),
        percentile(admitted, 50),
        percentile(admitted, 99),
        refused.size(),
        percentile(refused, 99),
        sent.size() - admitted.size() - refused.size());
  }

  private static long micros(Duration duration) {
    return TimeUnit.MICROSECONDS.convert(duration);
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
