package dev.osmo.http.limits;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/**
 * The remaining part of a quota, in the terms of draft-ietf-httpapi-ratelimit-headers.
 *
 * @param resetSeconds until the whole quota is available again
 * @param retrySeconds until one more is available
 */
public record Allowance(Quota quota, long remaining, long resetSeconds, long retrySeconds) {

  /** Adds the {@code RateLimit} headers. */
  public void addTo(HttpServerResponse response) {
    response.putHeader("RateLimit-Policy", policyField());
    response.putHeader("RateLimit", stateField());
  }

  /** Adds {@code Retry-After}, too. */
  public void addToRefusal(HttpServerResponse response) {
    response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(retrySeconds));
    addTo(response);
  }

  String policyField() {
    return '"' + quota.name() + "\";q=" + quota.perMinute() + ";w=" + quota.windowSeconds();
  }

  String stateField() {
    return '"' + quota.name() + "\";r=" + remaining + ";t=" + resetSeconds;
  }
}
