package dev.osmo.exchange.limits;

import dev.osmo.exchange.pat.verification.VerifiedSecrets;
import dev.osmo.http.limits.Allowance;
import dev.osmo.http.limits.Budgets;
import dev.osmo.http.limits.ClientAddress;
import dev.osmo.pat.PatId;
import dev.osmo.pat.PatText;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/** One request under the limits. Its answer says in headers how they stand. */
public final class Caller {

  private final ClientAddress address;
  private final HttpServerResponse response;
  private final VerifiedSecrets known;
  private final Quotas quotas;

  Caller(ClientAddress address, HttpServerResponse response, VerifiedSecrets known, Quotas quotas) {
    this.address = address;
    this.response = response;
    this.known = known;
    this.quotas = quotas;
  }

  /**
   * Whether what is presented may be looked up. Who sent too much junk lately is asked to wait,
   * unless the token was verified here before.
   */
  public boolean admits(Optional<PatText> presented) {
    boolean admitted =
        !quotas.failures().isExhausted(address) || presented.filter(known::knows).isPresent();
    if (!admitted) {
      quotas.failures().allowance(address).addToRefusal(response);
    }
    return admitted;
  }

  /** An invalid token came. */
  public void failed() {
    quotas.failures().spend(address);
  }

  /** Takes one exchange from the token's budget; false when none is left. */
  public boolean spendExchange(PatId pat) {
    return spend(quotas.exchanges(), pat);
  }

  /** Takes one question about a token from the asking token's budget; false when none is left. */
  public boolean spendIntrospection(PatId pat) {
    return spend(quotas.introspections(), pat);
  }

  private boolean spend(Budgets<PatId> budgets, PatId pat) {
    boolean spent = budgets.spend(pat);
    Allowance allowance = budgets.allowance(pat);
    if (spent) {
      allowance.addTo(response);
    } else {
      allowance.addToRefusal(response);
    }
    return spent;
  }
}
