package dev.osmo.token.pat.store;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.CurrentPermissions;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.roles.Owner;
import dev.osmo.token.roles.UserLocks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Finds the token of a path if the caller may use it: an own token, or any token for
 * administrators. An unknown token and another user's token get the same refusal.
 */
@ApplicationScoped
public class TokenFinder {

  private final UserLocks owners;
  private final CurrentPermissions permissions;
  private final Tokens tokens;

  TokenFinder(UserLocks owners, CurrentPermissions permissions, Tokens tokens) {
    this.owners = owners;
    this.permissions = permissions;
    this.tokens = tokens;
  }

  /** For reading: takes no lock. */
  public Uni<TargetToken> find(CallerIdentity caller, String ownerId, TokenAddress address) {
    return owners.find(ownerId).chain(owner -> target(caller, owner, address));
  }

  /** For a change: takes the owner's lock, then reads everything again. */
  public Uni<TargetToken> lock(CallerIdentity caller, String ownerId, TokenAddress address) {
    return owners
        .lock(ownerId)
        .chain(
            owner -> confirm(caller, owner).chain(confirmed -> target(confirmed, owner, address)));
  }

  private Uni<CallerIdentity> confirm(CallerIdentity caller, Owner owner) {
    return caller.userId().equals(owner.id())
        ? permissions.confirm(caller)
        : permissions.confirmAdministrator(caller);
  }

  private Uni<TargetToken> target(CallerIdentity caller, Owner owner, TokenAddress address) {
    return address
        .in(tokens, owner.id())
        .map(found -> found.orElseThrow(() -> notFound(address).toException()))
        .map(token -> new TargetToken(caller, owner, token));
  }

  private static Refusal notFound(TokenAddress address) {
    return new Refusal(
        TokenProblem.TOKEN_NOT_FOUND, "Access token " + address.shown() + " does not exist.");
  }
}
