package dev.osmo.exchange.exchange;

import dev.osmo.exchange.exchange.ExchangeOutcome.Issued;
import dev.osmo.exchange.exchange.ExchangeOutcome.Refused;
import dev.osmo.exchange.lastuse.FirstUse;
import dev.osmo.exchange.lastuse.LastUse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What is kept of an exchange: a line in the log, the use of the secret, and how long it took. */
@Singleton
class ExchangeRecord {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(3)
  };

  private final FirstUse firstUse;
  private final LastUse lastUse;
  private final MeterRegistry meters;

  ExchangeRecord(FirstUse firstUse, LastUse lastUse, MeterRegistry meters) {
    this.firstUse = firstUse;
    this.lastUse = lastUse;
    this.meters = meters;
  }

  /** What must be in the database before the answer: that the secret is in use. */
  Uni<Void> beforeTheAnswer(ExchangeOutcome outcome) {
    return outcome instanceof Issued issued && issued.pat().secret().firstUsedAt() == null
        ? firstUse.write(issued.pat().secret().id(), issued.pat().readAt())
        : Uni.createFrom().voidItem();
  }

  void answered(ExchangeOutcome outcome, Timer.Sample started) {
    ExchangeLog.write(outcome);
    started.stop(timer(nameOf(outcome)));
    if (outcome instanceof Issued issued) {
      lastUse.note(issued.pat().secret().id(), issued.pat().readAt());
    }
  }

  void failed(Timer.Sample started) {
    started.stop(timer("failed"));
  }

  private Timer timer(String outcome) {
    return Timer.builder("osmo.exchange")
        .description("Exchanges by their outcome")
        .tag("outcome", outcome)
        .serviceLevelObjectives(BUCKETS)
        .register(meters);
  }

  private static String nameOf(ExchangeOutcome outcome) {
    return switch (outcome) {
      case Issued issued -> "issued";
      case Refused refused -> refused.refusal().outcome();
    };
  }
}
