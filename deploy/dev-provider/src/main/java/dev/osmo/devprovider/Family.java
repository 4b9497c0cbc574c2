package dev.osmo.devprovider;

import com.nimbusds.oauth2.sdk.token.RefreshToken;
import org.jspecify.annotations.Nullable;

/**
 * The refresh tokens that followed from one sign-in, of which only the latest is valid. The use of
 * an earlier one means that somebody else has a copy: it ends all of them (RFC 9700, section 4.14).
 */
final class Family {
  private @Nullable RefreshToken latest;
  private boolean revoked;

  /** Returns the next token, or null after the revocation. */
  synchronized @Nullable RefreshToken next() {
    if (revoked) {
      return null;
    }
    latest = new RefreshToken();
    return latest;
  }

  /** Whether the token is the latest one. If it is an earlier one, revokes the family. */
  synchronized boolean accepts(RefreshToken presented) {
    if (!presented.equals(latest)) {
      revoked = true;
    }
    return !revoked;
  }

  synchronized void revoke() {
    revoked = true;
  }

  synchronized boolean isRevoked() {
    return revoked;
  }
}
