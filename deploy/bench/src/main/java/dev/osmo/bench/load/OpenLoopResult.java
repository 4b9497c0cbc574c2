package dev.osmo.bench.load;

/**
 * What a load at a fixed rate saw. Latencies in microseconds, from the moment at which a request
 * was due.
 *
 * @param rate requests a second that were sent
 * @param micros until the last response
 * @param admitted how many were answered 2xx
 * @param refused how many were answered 503
 * @param failed other responses and broken connections
 */
public record OpenLoopResult(
    int rate,
    long micros,
    long admitted,
    long p50,
    long p99,
    long refused,
    long refusedP99,
    long failed) {

  /** Successful responses a second. */
  public double perSecond() {
    return admitted * 1e6 / micros;
  }
}
