package dev.osmo.exchange.limits;

import dev.osmo.exchange.pat.verification.VerifiedSecrets;
import dev.osmo.http.limits.Allowance;
import dev.osmo.http.limits.Budgets;
import dev.osmo.http.limits.ClientAddress;
import dev.osmo.pat.PatId;
import dev.osmo.pat.PatText;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/** The caller of one request. The response states its limits in headers. */
public final class Caller {

  private final ClientAddress address;
  private final HttpServerResponse response;
  private final VerifiedSecrets verified;
  private final Quotas quotas;

  Caller(
      ClientAddress address, HttpServerResponse response, VerifiedSecrets verified, Quotas quotas) {
    this.address = address;
    this.response = response;
    this.verified = verified;
    this.quotas = quotas;
  }

  /**
   * Whether the presented token may be looked up. False if the address has sent too many invalid
   * tokens, unless this replica has verified the token before.
   */
  public boolean admits(Optional<PatText> presented) {
    boolean admitted =
        !quotas.failures().isExhausted(address) || presented.filter(verified::contains).isPresent();
    if (!admitted) {
      quotas.failures().allowance(address).addToRefusal(response);
    }
    return admitted;
  }

  /** Counts an invalid token. */
  public void failed() {
    quotas.failures().spend(address);
  }

  /** Counts one exchange of the token. False if its limit is reached. */
  public boolean spendExchange(PatId pat) {
    return spend(quotas.exchanges(), pat);
  }

  /** Counts one introspection by this credential. False if its limit is reached. */
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
