package dev.osmo.exchange.exchange;

import dev.osmo.exchange.exchange.ExchangeOutcome.Issued;
import dev.osmo.exchange.exchange.ExchangeOutcome.Refused;
import dev.osmo.exchange.pat.StoredPat;
import dev.osmo.exchange.validation.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * The record of mints and refusals: one line each, ids only. What it says is in the line's message
 * and, for a log in JSON, once more as fields of their own. A stranger cannot fill it.
 */
final class ExchangeLog {

  private static final Logger LOG = Logger.getLogger("dev.osmo.exchange.mint");

  private ExchangeLog() {}

  static void write(ExchangeOutcome outcome) {
    switch (outcome) {
      case Issued issued -> write(issued);
      case Refused(Refusal refusal, var pat) when pat != null -> write(refusal, pat);
      case Refused refused -> LOG.debugf("exchange outcome=%s", refused.refusal().outcome());
    }
  }

  private static void write(Issued issued) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("outcome", "issued");
    fields.put("pat_id", issued.pat().id().value());
    fields.put("sub", issued.pat().owner().userId());
    fields.put("jti", issued.jwt().jti());
    fields.put("kid", issued.jwt().kid());
    fields.put("exp", issued.jwt().expiresAt().toString());
    write(fields);
  }

  private static void write(Refusal refusal, StoredPat pat) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("outcome", refusal.outcome());
    fields.put("pat_id", pat.id().value());
    fields.put("sub", pat.owner().userId());
    write(fields);
  }

  private static void write(Map<String, String> fields) {
    fields.forEach(MDC::put);
    try {
      LOG.infof(
          "exchange %s",
          fields.entrySet().stream()
              .map(field -> field.getKey() + "=" + field.getValue())
              .collect(Collectors.joining(" ")));
    } finally {
      fields.keySet().forEach(MDC::remove);
    }
  }
}
