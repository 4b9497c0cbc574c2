package dev.osmo.exchange.workload;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.exchange.settings.WorkloadSettings;
import dev.osmo.http.issuer.IssuedTokens;
import dev.osmo.http.issuer.TokenCheck;
import dev.osmo.http.issuer.TokenCheck.NotVerified;
import dev.osmo.http.issuer.TrustedIssuers;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Verifies the tokens of workloads. Created at startup, so that an invalid file of issuers is
 * reported there.
 */
@Startup
@ApplicationScoped
public class WorkloadTokens {

  private static final Logger LOG = Logger.getLogger(WorkloadTokens.class);

  /** No issuer needs more, and the body of a request may be larger. */
  private static final int LONGEST = 8192;

  private final IssuedTokens tokens;

  WorkloadTokens(AuthExchangeConfig config) {
    WorkloadSettings settings = config.workload();
    this.tokens =
        new IssuedTokens(
            TrustedIssuers.read(config.trustedIssuersFile(), config.issuer()).all(),
            "workload",
            settings.threads(),
            settings.queue(),
            LONGEST);
  }

  public Uni<TokenCheck> verify(String text) {
    return tokens.verify(text).invoke(WorkloadTokens::log);
  }

  private static void log(TokenCheck check) {
    if (check instanceof NotVerified(String reason)) {
      LOG.debugf("the token of a workload is not valid: %s", reason);
    }
  }

  @PreDestroy
  void stop() {
    tokens.close();
  }
}
