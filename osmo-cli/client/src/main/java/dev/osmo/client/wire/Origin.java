package dev.osmo.client.wire;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/**
 * The part of an address that decides who receives a request (RFC 6454).
 *
 * @param port never negative
 */
public record Origin(String scheme, String host, int port) {

  /**
   * The origin of an address.
   *
   * @throws IllegalArgumentException unless it is an http or https address without user information
   */
  public static Origin of(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw new IllegalArgumentException("expected an address that starts with https://");
    }
    if (address.getHost() == null || address.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "expected an address with a host and without a user name or password");
    }
    int port = address.getPort();
    return new Origin(
        scheme,
        Objects.requireNonNull(address.getHost()).toLowerCase(Locale.ROOT),
        port >= 0 ? port : scheme.equals("https") ? 443 : 80);
  }

  /** Whether nobody between this program and the receiver can read a request. */
  public boolean isPrivate() {
    return scheme.equals("https")
        || host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  /**
   * Checks where a credential or a key would come from or go to.
   *
   * @throws IllegalArgumentException unless {@link #isPrivate}
   */
  public Origin requirePrivate() {
    if (!isPrivate()) {
      throw new IllegalArgumentException(
          this + " is not encrypted. Use https://, or allowUnencrypted().");
    }
    return this;
  }

  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }
}
