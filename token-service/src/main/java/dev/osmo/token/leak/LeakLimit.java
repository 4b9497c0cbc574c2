package dev.osmo.token.leak;

import dev.osmo.http.limits.Budgets;
import dev.osmo.http.limits.ClientAddress;
import dev.osmo.http.limits.Quota;
import dev.osmo.http.limits.TrustedProxies;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.runtime.Startup;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * A budget of reports for each client address, in the memory of this replica. Created at the start,
 * so that an unreadable setting ends it.
 */
@Startup
@ApplicationScoped
class LeakLimit {

  private static final int REMEMBERED_ADDRESSES = 10_000;
  private static final String TRUSTED_PROXIES = "token-service.leak-report.trusted-proxies";

  private final Budgets<ClientAddress> reports;
  private final TrustedProxies proxies;

  LeakLimit(TokenServiceSettings settings) {
    TokenServiceSettings.LeakReport limits = settings.leakReport();
    this.reports = new Budgets<>(new Quota("reports", limits.perMinute()), REMEMBERED_ADDRESSES);
    this.proxies = TrustedProxies.read(TRUSTED_PROXIES, limits.trustedProxies().orElse(List.of()));
  }

  /** Takes one report from the caller's budget; when none is left, the answer says when. */
  boolean allows(HttpServerRequest request) {
    ClientAddress client = proxies.clientOf(request);
    boolean allowed = reports.spend(client);
    if (!allowed) {
      reports.allowance(client).addToRefusal(request.response());
    }
    return allowed;
  }
}
