package dev.osmo.token.pat.rotate;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.pat.store.SecretRow;
import dev.osmo.token.pat.store.TokenRow;
import dev.osmo.token.roles.Owner;
import java.util.List;
import java.util.Optional;

/**
 * All that decides about a rotation, read under the owner's lock.
 *
 * @param secrets of the token, including those that are no longer live
 */
record RotationFacts(CallerIdentity caller, Owner owner, TokenRow token, List<SecretRow> secrets) {

  RotationFacts {
    secrets = List.copyOf(secrets);
  }

  boolean isForOneself() {
    return caller.userId().equals(owner.id());
  }

  /** Whether the login came from the very token that is rotated. */
  boolean isByItself() {
    return caller.pat().id().equals(token.id());
  }

  /** The live secret that no rotation has given an end. */
  Optional<SecretRow> newer() {
    return secrets.stream()
        .filter(secret -> secret.live() && secret.validUntil() == null)
        .findFirst();
  }

  /** The live secret that a rotation has given an end. */
  Optional<SecretRow> older() {
    return secrets.stream()
        .filter(secret -> secret.live() && secret.validUntil() != null)
        .findFirst();
  }

  /** Whether anybody has exchanged it. The login itself proves it before the row says so. */
  boolean isInUse(SecretRow secret) {
    return secret.firstUsedAt() != null || wasExchangedForThisLogin(secret);
  }

  boolean wasExchangedForThisLogin(SecretRow secret) {
    return caller.claims().secretId().filter(secret.id()::equals).isPresent();
  }
}
