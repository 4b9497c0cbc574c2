package dev.osmo.exchange.exchange;

import dev.osmo.exchange.exchange.ExchangeOutcome.Issued;
import dev.osmo.exchange.exchange.ExchangeOutcome.Refused;
import org.jboss.logging.Logger;

/** The record of mints and refusals: ids only. A stranger cannot fill it. */
final class ExchangeLog {

  private static final Logger LOG = Logger.getLogger("dev.osmo.exchange.mint");

  private ExchangeLog() {}

  static void write(ExchangeOutcome outcome) {
    switch (outcome) {
      case Issued issued ->
          LOG.infof(
              "exchanged pat_id=%s sub=%s jti=%s exp=%s",
              issued.pat().id(),
              issued.pat().owner().userId(),
              issued.jwt().jti(),
              issued.jwt().expiresAt());
      case Refused(Refusal refusal, var pat) when pat != null ->
          LOG.infof("refused reason=%s pat_id=%s", refusal, pat.id());
      case Refused refused -> LOG.debugf("refused reason=%s", refused.refusal());
    }
  }
}
