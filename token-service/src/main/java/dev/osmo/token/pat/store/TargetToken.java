package dev.osmo.token.pat.store;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.roles.Owner;

/**
 * A token that a path led to.
 *
 * @param caller read again when the owner is locked
 */
public record TargetToken(CallerIdentity caller, Owner owner, TokenRow token) {}
