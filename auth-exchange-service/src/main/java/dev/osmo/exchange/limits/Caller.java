package dev.osmo.exchange.limits;

import dev.osmo.exchange.pat.PatId;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** One request under the limits. Its answer says in headers how they stand. */
public final class Caller {

  private final ClientAddress address;
  private final HttpServerResponse response;
  private final Budgets<ClientAddress> failures;
  private final Budgets<PatId> exchanges;

  Caller(
      ClientAddress address,
      HttpServerResponse response,
      Budgets<ClientAddress> failures,
      Budgets<PatId> exchanges) {
    this.address = address;
    this.response = response;
    this.failures = failures;
    this.exchanges = exchanges;
  }

  /** Whether too many invalid tokens came from this address lately. */
  public boolean failedTooOften() {
    return failures.isExhausted(address);
  }

  /** The answer to this request says when the address may try again. */
  public void askToWait() {
    refuse(failures.allowance(address));
  }

  /** An invalid token came. */
  public void failed() {
    failures.spend(address);
  }

  /** Takes one exchange from the token's budget; false when none is left. */
  public boolean spend(PatId pat) {
    boolean spent = exchanges.spend(pat);
    Allowance allowance = exchanges.allowance(pat);
    if (spent) {
      tell(allowance);
    } else {
      refuse(allowance);
    }
    return spent;
  }

  private void refuse(Allowance allowance) {
    response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(allowance.retrySeconds()));
    tell(allowance);
  }

  private void tell(Allowance allowance) {
    response.putHeader("RateLimit-Policy", allowance.policyField());
    response.putHeader("RateLimit", allowance.stateField());
  }
}
