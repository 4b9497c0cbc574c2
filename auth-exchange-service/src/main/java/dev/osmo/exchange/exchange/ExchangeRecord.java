package dev.osmo.exchange.exchange;

import dev.osmo.exchange.exchange.ExchangeOutcome.Issued;
import dev.osmo.exchange.lastuse.FirstUse;
import dev.osmo.exchange.lastuse.LastUse;
import dev.osmo.exchange.pat.StoredPat;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Records each exchange: one line in the log, the use of the secret, and the duration.
 *
 * <p>The log line has identifiers only, in the message and as fields of a JSON log. A text that
 * matches no stored token writes no line at the default level, so it cannot fill the log.
 */
@Singleton
class ExchangeRecord {

  private static final Logger LOG = Logger.getLogger(ExchangeRecord.class);

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(3)
  };

  private final MintLog mintLog;
  private final FirstUse firstUse;
  private final LastUse lastUse;
  private final MeterRegistry meters;
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  ExchangeRecord(MintLog mintLog, FirstUse firstUse, LastUse lastUse, MeterRegistry meters) {
    this.mintLog = mintLog;
    this.firstUse = firstUse;
    this.lastUse = lastUse;
    this.meters = meters;
  }

  /** Writes the first use of a secret before the response, so that a rotation can see it. */
  Uni<Void> writeFirstUse(ExchangeOutcome outcome) {
    return outcome instanceof Issued issued && issued.pat().credential().firstUsedAt() == null
        ? firstUse.write(issued.pat().credential().id(), issued.pat().readAt())
        : Uni.createFrom().voidItem();
  }

  void completed(ExchangeOutcome outcome, Timer.Sample started) {
    log(outcome);
    started.stop(timer(nameOf(outcome)));
    if (outcome instanceof Issued issued) {
      lastUse.note(issued.pat().credential().id(), issued.pat().readAt());
    }
  }

  void failed(Timer.Sample started) {
    started.stop(timer("failed"));
  }

  /** Building a meter costs more than counting with it, so each one is built once. */
  private Timer timer(String outcome) {
    return timers.computeIfAbsent(
        outcome,
        name ->
            Timer.builder("osmo.exchange")
                .description("Exchanges by their outcome")
                .tag("outcome", name)
                .serviceLevelObjectives(BUCKETS)
                .register(meters));
  }

  private static String nameOf(ExchangeOutcome outcome) {
    return switch (outcome) {
      case Issued issued -> "issued";
      case Refused refused -> refused.reason().outcome();
    };
  }

  private void log(ExchangeOutcome outcome) {
    switch (outcome) {
      case Issued issued -> mintLog.add(fields(issued));
      case Refused(RefusalReason reason, var pat, var ignored) when pat != null ->
          mintLog.add(fields(reason, pat));
      case Refused refused -> LOG.debugf("exchange outcome=%s", refused.reason().outcome());
    }
  }

  private static Map<String, String> fields(Issued issued) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("outcome", "issued");
    fields.put("pat_id", issued.pat().id().value());
    fields.put("sub", issued.pat().owner().userId());
    fields.put("jti", issued.jwt().jti());
    fields.put("kid", issued.jwt().kid());
    fields.put("exp", issued.jwt().expiresAt().toString());
    return fields;
  }

  private static Map<String, String> fields(RefusalReason reason, StoredPat pat) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("outcome", reason.outcome());
    fields.put("pat_id", pat.id().value());
    fields.put("sub", pat.owner().userId());
    return fields;
  }
}
