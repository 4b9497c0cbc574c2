package dev.osmo.bench.overload;

import dev.osmo.bench.cpu.Processor;
import dev.osmo.bench.load.OpenLoop;
import dev.osmo.bench.load.OpenLoopResult;
import dev.osmo.bench.load.Workload;
import dev.osmo.bench.load.Wrk;
import dev.osmo.bench.report.Measurement;
import dev.osmo.bench.report.Progress;
import dev.osmo.bench.report.Section;
import dev.osmo.bench.system.Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends at fixed rates below and above the greatest one.
 *
 * <p>The exchange and its database share one processor, and the load generator has the other: twice
 * the greatest rate is then possible on two. Nothing can be measured afterwards: both keep their
 * processor.
 *
 * @param folder for the load generators
 * @param postmaster the process whose children do PostgreSQL's work
 * @param load the requests
 * @param seconds at each rate
 */
public record FixedRates(Path folder, Server exchange, long postmaster, Workload load, int seconds)
    implements Measurement {

  private static final int CONNECTIONS_FOR_THE_GREATEST_RATE = 32;
  private static final int OVERLOADS_TO_WARM_UP = 3;

  @Override
  public Section measure() {
    Processor.FIRST.take(exchange.pid());
    Processor.FIRST.take(postmaster);
    OpenLoop generator = new OpenLoop(folder, Processor.SECOND);
    for (int run = 1; run <= OVERLOADS_TO_WARM_UP; run++) {
      Progress.say("overloading the exchange, so that the code that refuses is compiled");
      generator.run(load, exchange.port(), (int) (2 * greatest()), seconds);
    }
    double greatest = greatest();
    Progress.say("on one processor the exchange does %,.0f requests a second".formatted(greatest));
    List<OpenLoopResult> results = new ArrayList<>();
    for (double part : List.of(0.5, 0.9, 2.0)) {
      int rate = (int) (greatest * part);
      Progress.say("%,d requests a second, whether or not responses come".formatted(rate));
      results.add(generator.run(load, exchange.port(), rate, seconds));
    }
    return new FixedRateTable(results);
  }

  private double greatest() {
    return new Wrk(folder, Processor.SECOND)
        .run(load, exchange.port(), CONNECTIONS_FOR_THE_GREATEST_RATE, seconds)
        .perSecond();
  }
}
