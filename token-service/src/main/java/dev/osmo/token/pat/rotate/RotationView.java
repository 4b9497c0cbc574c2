package dev.osmo.token.pat.rotate;

import dev.osmo.pat.PatText;
import dev.osmo.token.pat.store.TokenView;
import java.time.Instant;

/** The only response that contains the new secret. */
public record RotationView(
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
