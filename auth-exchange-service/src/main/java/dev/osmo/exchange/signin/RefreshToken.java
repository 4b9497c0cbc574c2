package dev.osmo.exchange.signin;

import dev.osmo.pat.RefreshTokenText;
import java.util.Base64;
import java.util.Optional;

/** A refresh token of this system, in the form in which clients keep it. */
public record RefreshToken(String text) {

  static RefreshToken of(byte[] sealed) {
    return new RefreshToken(
        RefreshTokenText.PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed));
  }

  /** Whether clients can send it back within a form. */
  boolean isShortEnough() {
    return text.length() <= RefreshTokenText.LONGEST;
  }

  /** The sealed content; empty for a text of another form. */
  Optional<byte[]> sealed() {
    if (!text.startsWith(RefreshTokenText.PREFIX) || !isShortEnough()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Base64.getUrlDecoder().decode(text.substring(RefreshTokenText.PREFIX.length())));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return RefreshTokenText.PREFIX + "…";
  }
}
