package dev.osmo.token.pat.rotate;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.pat.store.SecretRow;
import dev.osmo.token.pat.store.TokenRow;
import dev.osmo.token.roles.Owner;
import java.util.List;
import java.util.Optional;

/**
 * The facts that decide a rotation, read under the owner's lock.
 *
 * @param live the live secrets of the token
 */
record RotationFacts(CallerIdentity caller, Owner owner, TokenRow token, List<SecretRow> live) {

  RotationFacts {
    live = List.copyOf(live);
  }

  boolean isOwnToken() {
    return caller.userId().equals(owner.id());
  }

  /** Whether the JWT comes from the token that is rotated. */
  boolean isByItself() {
    return caller.pat().filter(pat -> pat.id().equals(token.id())).isPresent();
  }

  /** The live secret that no rotation has limited. */
  Optional<SecretRow> newer() {
    return live.stream().filter(secret -> secret.validUntil() == null).findFirst();
  }

  /** The live secret whose validity a rotation has limited. */
  Optional<SecretRow> older() {
    return live.stream().filter(secret -> secret.validUntil() != null).findFirst();
  }

  /**
   * Whether it was ever exchanged. The caller's JWT proves it before the asynchronous record of
   * first use does.
   */
  boolean isInUse(SecretRow secret) {
    return secret.firstUsedAt() != null || wasExchangedForThisJwt(secret);
  }

  boolean wasExchangedForThisJwt(SecretRow secret) {
    return caller.namedSecret().filter(secret.id()::equals).isPresent();
  }
}
