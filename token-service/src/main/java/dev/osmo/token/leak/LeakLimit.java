package dev.osmo.token.leak;

import dev.osmo.http.limits.Budgets;
import dev.osmo.http.limits.ClientAddress;
import dev.osmo.http.limits.Quota;
import dev.osmo.http.limits.RefillTime;
import dev.osmo.http.limits.TrustedProxies;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.runtime.Startup;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Rate limit of reports per client address, in the memory of this replica. Created at startup, so
 * that an invalid setting is reported there.
 */
@Startup
@ApplicationScoped
class LeakLimit {

  private static final int MAX_ADDRESSES = 10_000;
  private static final String TRUSTED_PROXIES = "token-service.leak-report.trusted-proxies";

  private final Budgets<ClientAddress> reports;
  private final TrustedProxies proxies;

  LeakLimit(TokenServiceSettings settings, RefillTime time) {
    TokenServiceSettings.LeakReport limits = settings.leakReport();
    this.reports = new Budgets<>(new Quota("reports", limits.perMinute()), MAX_ADDRESSES, time);
    this.proxies = TrustedProxies.read(TRUSTED_PROXIES, limits.trustedProxies().orElse(List.of()));
  }

  /** Counts one report. If the limit is reached, the response says when to retry. */
  boolean allows(HttpServerRequest request) {
    ClientAddress client = proxies.clientOf(request);
    boolean allowed = reports.spend(client);
    if (!allowed) {
      reports.allowance(client).addToRefusal(request.response());
    }
    return allowed;
  }
}
