package dev.osmo.exchange.limits;

import dev.osmo.exchange.pat.verification.VerifiedSecrets;
import dev.osmo.http.limits.Allowance;
import dev.osmo.http.limits.Budgets;
import dev.osmo.http.limits.ClientAddress;
import dev.osmo.http.request.RequestId;
import dev.osmo.pat.PatId;
import dev.osmo.pat.PatText;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.UUID;

/** The caller of one request. The response states its limits in headers. */
public final class Caller {

  private final ClientAddress address;
  private final RequestId requestId;
  private final HttpServerResponse response;
  private final VerifiedSecrets verified;
  private final Quotas quotas;
  private boolean hasTheOneLookup;

  Caller(
      ClientAddress address,
      RequestId requestId,
      HttpServerResponse response,
      VerifiedSecrets verified,
      Quotas quotas) {
    this.address = address;
    this.requestId = requestId;
    this.response = response;
    this.verified = verified;
    this.quotas = quotas;
  }

  public ClientAddress address() {
    return address;
  }

  public RequestId requestId() {
    return requestId;
  }

  /** Whether the address may still present texts that are not access tokens. */
  public boolean isAdmitted() {
    return mayFail() || refused();
  }

  /**
   * Whether the presented token may be looked up; {@link #endLookup} must follow if it may. An
   * address that has sent too many invalid tokens has one look-up at a time, so that a valid token
   * behind the same address is still accepted. Look-ups of tokens that this replica has verified
   * before are not limited.
   */
  public boolean beginLookup(PatText presented) {
    // Whether it was verified is asked last, because that takes an HMAC for each pepper.
    return mayFail() || verified.contains(presented) || beginTheOneLookup();
  }

  /** The same for a credential that is not cached. */
  public boolean beginLookup() {
    return mayFail() || beginTheOneLookup();
  }

  private boolean mayFail() {
    return !quotas.failures().isExhausted(address);
  }

  private boolean beginTheOneLookup() {
    hasTheOneLookup = quotas.lookups().add(address);
    return hasTheOneLookup || refused();
  }

  public void endLookup() {
    if (hasTheOneLookup) {
      quotas.lookups().remove(address);
    }
  }

  /** Counts an invalid token. False if the address had sent too many before. */
  public boolean failed() {
    return quotas.failures().spend(address) || refused();
  }

  private boolean refused() {
    quotas.failures().allowance(address).addToRefusal(response);
    return false;
  }

  /** Counts one exchange of the token. False if its limit is reached. */
  public boolean spendExchange(PatId pat) {
    return spend(quotas.exchanges(), pat);
  }

  /** Counts one introspection by this credential. False if its limit is reached. */
  public boolean spendIntrospection(PatId pat) {
    return spend(quotas.introspections(), pat);
  }

  /** Counts one refresh of the session. False if its limit is reached. */
  public boolean spendRefresh(UUID session) {
    return spend(quotas.refreshes(), session);
  }

  /** Counts one sign-out of the session. False if its limit is reached. */
  public boolean spendSignOut(UUID session) {
    return spend(quotas.signOuts(), session);
  }

  /** Counts one introspection in the session. False if its limit is reached. */
  public boolean spendIntrospection(UUID session) {
    return spend(quotas.sessionIntrospections(), session);
  }

  /** Counts one request to an identity provider. False if the limit of the address is reached. */
  public boolean spendSignIn() {
    return spend(quotas.signIns(), address);
  }

  /** Passes on how long token-service asks to wait, for the caller whose address it has counted. */
  public void retryAfter(int seconds) {
    response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
  }

  /** Whether the client is no longer there to receive the response. */
  public boolean hasHungUp() {
    return response.closed();
  }

  private <K> boolean spend(Budgets<K> budgets, K key) {
    boolean spent = budgets.spend(key);
    Allowance allowance = budgets.allowance(key);
    if (spent) {
      allowance.addTo(response);
    } else {
      allowance.addToRefusal(response);
    }
    return spent;
  }
}
