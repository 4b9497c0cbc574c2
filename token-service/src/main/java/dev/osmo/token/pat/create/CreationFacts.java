package dev.osmo.token.pat.create;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.pat.rules.TokenPolicy;
import dev.osmo.token.roles.Assignment;
import dev.osmo.token.roles.Owner;
import java.util.List;

/**
 * All that decides about a creation, read under the owner's lock.
 *
 * @param caller read again in this transaction
 * @param held the owner's roles
 * @param liveTokens how many tokens of the owner can still be used
 */
record CreationFacts(
    CallerIdentity caller,
    Owner owner,
    List<Assignment> held,
    long liveTokens,
    boolean nameTaken,
    TokenPolicy policy) {

  boolean isForOneself() {
    return caller.userId().equals(owner.id());
  }
}
