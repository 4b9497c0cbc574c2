package dev.osmo.token.pat;

import dev.osmo.token.minting.PatText;
import java.time.Instant;

/** The one answer that holds the new secret. */
record RotationView(
    PatText token, String id, String tokenName, String expiresAt, Instant oldSecretValidUntil) {

  static RotationView of(Rotation rotation, PatText text) {
    return new RotationView(
        text,
        rotation.token().id(),
        rotation.token().name(),
        TokenView.zoneless(rotation.expiresAt()),
        rotation.oldSecretValidUntil());
  }
}
