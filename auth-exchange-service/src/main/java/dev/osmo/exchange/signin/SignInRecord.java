package dev.osmo.exchange.signin;

import dev.osmo.exchange.exchange.MintLog;
import dev.osmo.exchange.signin.SignInOutcome.NotSignedIn;
import dev.osmo.exchange.signin.SignInOutcome.SignedIn;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Records each sign-in and each refresh: one line in the log of exchanges, with identifiers only,
 * and a count.
 */
@ApplicationScoped
class SignInRecord {

  private static final Logger LOG = Logger.getLogger(SignInRecord.class);

  private final MintLog mintLog;
  private final MeterRegistry meters;

  SignInRecord(MintLog mintLog, MeterRegistry meters) {
    this.mintLog = mintLog;
    this.meters = meters;
  }

  /**
   * @param kind of the request: {@code code}, {@code device}, {@code id_token} or {@code refresh}
   */
  void completed(String kind, SignInOutcome outcome) {
    switch (outcome) {
      case SignedIn signedIn -> {
        mintLog.add(fields(kind, signedIn));
        count(kind, "issued");
      }
      case NotSignedIn refused -> {
        LOG.debugf("sign-in kind=%s outcome=%s", kind, refused.problem().typeName());
        count(kind, refused.problem().typeName());
      }
    }
  }

  private void count(String kind, String outcome) {
    meters.counter("osmo.sign.in", "kind", kind, "outcome", outcome).increment();
  }

  private static Map<String, String> fields(String kind, SignedIn signedIn) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("outcome", "issued");
    fields.put("sign_in", kind);
    fields.put("sid", signedIn.session().id().toString());
    fields.put("sub", signedIn.session().userId());
    fields.put("jti", signedIn.jwt().jti());
    fields.put("kid", signedIn.jwt().kid());
    fields.put("exp", signedIn.jwt().expiresAt().toString());
    return fields;
  }
}
