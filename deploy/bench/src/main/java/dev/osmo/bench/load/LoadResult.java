package dev.osmo.bench.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What the load generator saw. Latencies in microseconds. */
public record LoadResult(
    long requests,
    long micros,
    long statusErrors,
    long socketErrors,
    long p50,
    long p90,
    long p99,
    long max) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads the line that the script of the load generator prints last. */
  static LoadResult parse(String output) {
    String line =
        output
            .lines()
            .filter(text -> text.startsWith("{"))
            .reduce((first, second) -> second)
            .orElseThrow(() -> new IllegalStateException("wrk printed no result: " + output));
    try {
      return JSON.readValue(line, LoadResult.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("wrk printed " + line, e);
    }
  }

  public double perSecond() {
    return requests * 1e6 / micros;
  }
}
