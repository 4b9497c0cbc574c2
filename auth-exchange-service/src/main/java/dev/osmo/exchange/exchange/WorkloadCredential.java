package dev.osmo.exchange.exchange;

import dev.osmo.exchange.pat.PatReference;

/**
 * What a workload presents.
 *
 * @param token its OpenID Connect token, not verified
 * @param pat the access token that it wants to use
 */
public record WorkloadCredential(String token, PatReference pat) {

  @Override
  public String toString() {
    return "token of a workload for " + pat;
  }
}
