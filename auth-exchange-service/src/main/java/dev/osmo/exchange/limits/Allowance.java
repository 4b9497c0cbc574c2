package dev.osmo.exchange.limits;

/**
 * What is left of a quota, in the words of draft-ietf-httpapi-ratelimit-headers.
 *
 * @param resetSeconds until all of it is there again
 * @param retrySeconds until one more is there
 */
record Allowance(Quota quota, long remaining, long resetSeconds, long retrySeconds) {

  String policyField() {
    return "\"%s\";q=%d;w=%d".formatted(quota.name(), quota.perMinute(), quota.windowSeconds());
  }

  String stateField() {
    return "\"%s\";r=%d;t=%d".formatted(quota.name(), remaining, resetSeconds);
  }
}
