package dev.osmo.token.pat.rotate;

import dev.osmo.pat.PatText;
import dev.osmo.token.json.OsmoTime;
import java.time.Instant;

/** The only response that contains the new secret. */
public record RotationView(
    PatText token, String id, String tokenName, String expiresAt, Instant oldSecretValidUntil) {

  static RotationView of(Rotation rotation, PatText text) {
    return new RotationView(
        text,
        rotation.token().id(),
        rotation.token().name(),
        OsmoTime.zoneless(rotation.expiresAt()),
        rotation.oldSecretValidUntil());
  }
}
