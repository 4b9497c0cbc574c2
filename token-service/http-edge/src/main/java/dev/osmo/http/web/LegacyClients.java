package dev.osmo.http.web;

import java.time.Instant;

/** What OSMO's clients up to 6.1 use. A service accepts it only if the operator sets so. */
public final class LegacyClients {

  /** The request header with their JWT, without a scheme. */
  public static final String JWT_HEADER = "x-osmo-auth";

  /** The response header of RFC 9745. */
  public static final String DEPRECATION = "Deprecation";

  /** Since when these forms are deprecated. */
  public static final String SINCE = "@" + Instant.parse("2026-11-29T00:00:00Z").getEpochSecond();

  private LegacyClients() {}
}
