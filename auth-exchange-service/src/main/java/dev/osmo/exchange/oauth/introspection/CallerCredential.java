package dev.osmo.exchange.oauth.introspection;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.osmo.http.web.BearerCredential;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The credential of a caller: that of {@code Authorization: Bearer}, or the password of {@code
 * Basic}, form-encoded as the client secret of RFC 6749, section 2.3.1. The user name has no
 * meaning: the password alone identifies the caller. Untrusted and masked.
 */
record CallerCredential(String text) {

  private static final String BASIC = "basic ";

  /** The credential of exactly one such header; empty for none, several or an unreadable one. */
  static Optional<CallerCredential> of(List<String> headers) {
    return BearerCredential.of(headers)
        .map(BearerCredential::text)
        .or(() -> headers.size() == 1 ? password(headers.getFirst()) : Optional.empty())
        .map(CallerCredential::new);
  }

  private static Optional<String> password(String header) {
    if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return Optional.empty();
    }
    try {
      byte[] pair = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
      String text = new String(pair, UTF_8);
      int colon = text.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(URLDecoder.decode(text.substring(colon + 1), UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "CallerCredential[***]";
  }
}
