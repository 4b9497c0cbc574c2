package dev.osmo.bench.memory;

import dev.osmo.bench.load.SteadyLoad;
import dev.osmo.bench.report.Measurement;
import dev.osmo.bench.report.Progress;
import dev.osmo.bench.report.Section;
import dev.osmo.bench.system.Server;
import dev.osmo.bench.system.TestBed;
import dev.osmo.bench.system.TokenWorkloads;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Both services, newly started, under a mixed load at a fixed modest rate.
 *
 * @param duration of the load
 */
public record SteadyMemory(TestBed bed, Duration duration) implements Measurement {

  private static final int EXCHANGES = 300;
  private static final int LISTS = 20;
  private static final int CREATIONS = 1;

  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** Shorter than the life of the JWTs. */
  private static final Duration WITH_THE_SAME_JWTS = Duration.ofMinutes(20);

  @Override
  public Section measure() throws IOException, InterruptedException, SQLException {
    List<MemorySample> samples = new ArrayList<>();
    long succeeded = 0;
    long failed = 0;
    try (Server exchange = bed.startExchange();
        Server tokens = bed.startTokenService(exchange)) {
      long start = System.nanoTime();
      for (Duration spent = Duration.ZERO; spent.compareTo(duration) < 0; spent = since(start)) {
        TokenWorkloads workloads = bed.tokenWorkloads(exchange);
        Duration end = spent.plus(WITH_THE_SAME_JWTS);
        try (SteadyLoad load = new SteadyLoad()) {
          load.begin(bed.workloads().warm(), exchange.port(), EXCHANGES);
          load.begin(workloads.listOfTen(), tokens.port(), LISTS);
          load.begin(workloads.create(), tokens.port(), CREATIONS);
          sample(
              samples,
              List.of(exchange, tokens),
              start,
              end.compareTo(duration) < 0 ? end : duration);
          succeeded += load.succeeded();
          failed += load.failed();
        }
      }
    }
    return new MemoryTable(samples, succeeded, failed);
  }

  private static void sample(
      List<MemorySample> samples, List<Server> services, long start, Duration end)
      throws InterruptedException {
    while (since(start).compareTo(end) < 0) {
      Thread.sleep(PAUSE);
      double seconds = since(start).toMillis() / 1e3;
      for (Server service : services) {
        samples.add(new MemorySample(service.name(), seconds, service.residentMebibytes()));
      }
      Progress.say(
          "after %,.0f s: %s"
              .formatted(
                  seconds,
                  String.join(
                      ", ",
                      services.stream()
                          .map(one -> "%s %d MiB".formatted(one.name(), one.residentMebibytes()))
                          .toList())));
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
