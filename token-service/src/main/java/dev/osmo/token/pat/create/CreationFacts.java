package dev.osmo.token.pat.create;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.pat.rules.TokenPolicy;
import dev.osmo.token.roles.Assignment;
import dev.osmo.token.roles.Owner;
import java.util.List;

/**
 * The facts that decide a creation, read under the owner's lock.
 *
 * @param caller read again in this transaction
 * @param held the owner's roles
 * @param owned how many tokens the owner has
 */
record CreationFacts(
    CallerIdentity caller,
    Owner owner,
    List<Assignment> held,
    TokenCounts owned,
    boolean nameTaken,
    TokenPolicy policy) {

  boolean isOwnToken() {
    return caller.userId().equals(owner.id());
  }
}
