package dev.osmo.token.pat.store;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.roles.Owner;

/**
 * The token of a path, which the caller may use.
 *
 * @param caller read again if the owner is locked
 */
public record TargetToken(CallerIdentity caller, Owner owner, TokenRow token) {}
