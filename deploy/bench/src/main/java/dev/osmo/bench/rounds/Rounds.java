package dev.osmo.bench.rounds;

import dev.osmo.bench.cpu.ProcessorTime;
import dev.osmo.bench.load.LoadResult;
import dev.osmo.bench.load.Wrk;
import dev.osmo.bench.report.Progress;
import dev.osmo.bench.system.Server;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Measures rounds.
 *
 * @param postmaster the process whose children do PostgreSQL's work
 * @param servers all that run, so that their work does not count as that of other programs
 * @param seconds length of a round
 */
public record Rounds(long postmaster, Wrk wrk, Servers servers, int seconds) {

  private static final int WARM_UP_CONNECTIONS = 8;
  private static final int WARM_UP_STEP = 5;
  private static final double STABLE = 1.03;

  /** Steps without growth that end a warm-up. */
  private static final int PATIENCE = 3;

  private static final double NOISY = 0.1;
  private static final int ATTEMPTS = 3;

  /**
   * Until the rate has not grown for a while. One step that is slower than the one before shows
   * little: where there are few requests in a second, a rate varies by more than it grows.
   *
   * @param most seconds
   */
  public void warmUp(Subject subject, int most) {
    double greatest = 0;
    int stepsWithoutGrowth = 0;
    for (int spent = 0; spent < most && stepsWithoutGrowth < PATIENCE; spent += WARM_UP_STEP) {
      double rate =
          wrk.run(
                  subject.workload(),
                  subject.server().port(),
                  WARM_UP_CONNECTIONS,
                  Math.min(WARM_UP_STEP, most))
              .perSecond();
      Progress.say("warming up %s: %,.0f requests a second".formatted(subject, rate));
      stepsWithoutGrowth = rate < greatest * STABLE ? stepsWithoutGrowth + 1 : 0;
      greatest = Math.max(greatest, rate);
    }
  }

  /** Again while other programs use the machine; the quietest attempt counts. */
  public Round measure(Subject subject, int connections) {
    return quietest(() -> measureOnce(subject, connections), Round::foreign);
  }

  /**
   * Measures again while other programs use the machine.
   *
   * @param foreign the part of the machine that they used
   */
  public <T> T quietest(Supplier<T> once, ToDoubleFunction<T> foreign) {
    T quietest = once.get();
    for (int attempt = 2;
        attempt <= ATTEMPTS && foreign.applyAsDouble(quietest) > NOISY;
        attempt++) {
      Progress.say(
          "once more, as other programs used %.2f".formatted(foreign.applyAsDouble(quietest)));
      T again = once.get();
      quietest = foreign.applyAsDouble(again) < foreign.applyAsDouble(quietest) ? again : quietest;
    }
    return quietest;
  }

  public Round measureOnce(Subject subject, int connections) {
    Server server = subject.server();
    Duration allBefore = servers.processorTime();
    Duration serverBefore = ProcessorTime.ofTree(server.pid());
    Duration databaseBefore = ProcessorTime.ofTree(postmaster);
    Duration childrenBefore = ProcessorTime.ofEndedChildren();
    Duration machineBefore = ProcessorTime.ofMachine();
    long start = System.nanoTime();
    LoadResult load = wrk.run(subject.workload(), server.port(), connections, seconds);
    double capacity =
        (System.nanoTime() - start) / 1e6 * Runtime.getRuntime().availableProcessors();
    double ofServer = ProcessorTime.ofTree(server.pid()).minus(serverBefore).toMillis();
    double ofAll = servers.processorTime().minus(allBefore).toMillis();
    double ofDatabase = ProcessorTime.ofTree(postmaster).minus(databaseBefore).toMillis();
    double ofLoad = ProcessorTime.ofEndedChildren().minus(childrenBefore).toMillis();
    double ofMachine = ProcessorTime.ofMachine().minus(machineBefore).toMillis();
    return new Round(
        server.name(),
        subject.workload().name(),
        subject.workload().ceiling(),
        connections,
        load,
        ofServer / load.requests(),
        ofDatabase / load.requests(),
        Math.max(0, ofMachine - ofAll - ofDatabase - ofLoad) / capacity,
        server.residentMebibytes());
  }
}
