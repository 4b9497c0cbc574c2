package dev.osmo.local.gateway;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request target in origin form, with single slashes in its path. OSMO's older clients send
 * {@code //api/…}; routes and services see the same collapsed path. Clients of a proxy send the
 * absolute form, which a server must accept, too (RFC 9112, section 3.2.2); its authority then
 * replaces the {@code Host} header.
 *
 * @param authority empty if the target has the origin form
 */
record RequestTarget(Optional<String> authority, String originForm) {
  private static final Pattern ABSOLUTE =
      Pattern.compile("(?i:https?)://([A-Za-z0-9._:\\[\\]-]+)(/.*)");

  private static final Pattern SLASHES = Pattern.compile("//+");

  static RequestTarget of(String target) {
    Matcher absolute = ABSOLUTE.matcher(target);
    if (!absolute.matches()) {
      return new RequestTarget(Optional.empty(), collapsed(target));
    }
    return new RequestTarget(Optional.of(absolute.group(1)), collapsed(absolute.group(2)));
  }

  /** Changes the path only: a query may contain an address. */
  private static String collapsed(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    return SLASHES.matcher(path).replaceAll("/") + (query < 0 ? "" : target.substring(query));
  }
}
