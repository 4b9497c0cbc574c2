package dev.osmo.exchange.signin;

import java.util.Base64;
import java.util.Optional;

/** A refresh token of this system, in the form in which clients keep it. */
public record RefreshToken(String text) {

  private static final String PREFIX = "osmo_rt_";
  private static final int LONGEST = 12_288;

  static RefreshToken of(byte[] sealed) {
    return new RefreshToken(
        PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed));
  }

  /** Whether a text claims to be a refresh token of this system. */
  public static boolean isPrefixOf(String text) {
    return text.startsWith(PREFIX);
  }

  /** Whether clients can send it back within a form. */
  boolean isShortEnough() {
    return text.length() <= LONGEST;
  }

  /** The sealed content; empty for a text of another form. */
  Optional<byte[]> sealed() {
    if (!isPrefixOf(text) || !isShortEnough()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getUrlDecoder().decode(text.substring(PREFIX.length())));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return PREFIX + "…";
  }
}
