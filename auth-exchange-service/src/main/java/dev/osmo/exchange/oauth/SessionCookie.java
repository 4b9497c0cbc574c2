package dev.osmo.exchange.oauth;

import java.util.Optional;

/**
 * The cookie with the refresh token of a browser. No script can read it. The prefix {@code __Host-}
 * makes browsers accept it only from this host and only over TLS (or from this machine), so another
 * host of the same domain cannot plant one. It ends with the browser at the latest.
 */
final class SessionCookie {

  static final String NAME = "__Host-osmo-session";

  private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Strict";

  /** Browsers ignore a cookie whose name and value are longer than 4096 bytes together. */
  private static final int LONGEST = 4096 - NAME.length();

  private SessionCookie() {}

  /** Whether browsers keep a cookie with this refresh token. */
  static boolean fits(String refreshToken) {
    return refreshToken.length() <= LONGEST;
  }

  /** The header that sets it. Without a refresh token, it deletes that of an earlier sign-in. */
  static String set(Optional<String> refreshToken) {
    return refreshToken
        .map(text -> NAME + "=" + text + ATTRIBUTES)
        .orElseGet(SessionCookie::delete);
  }

  static String delete() {
    return NAME + "=; Max-Age=0" + ATTRIBUTES;
  }
}
