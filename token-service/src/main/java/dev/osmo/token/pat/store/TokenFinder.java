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
 * Leads from a path to a token that the caller may touch: an own one, or anybody's for
 * administrators. Fails with a refusal, the same for what is not there and what is somebody else's.
 */
@ApplicationScoped
public class TokenFinder {

  private final UserLocks owners;
  private final CurrentPermissions rights;
  private final Tokens tokens;

  TokenFinder(UserLocks owners, CurrentPermissions rights, Tokens tokens) {
    this.owners = owners;
    this.rights = rights;
    this.tokens = tokens;
  }

  /** For looking. */
  public Uni<TargetToken> find(CallerIdentity caller, String ownerId, TokenAddress address) {
    return owners.find(ownerId).chain(owner -> target(caller, owner, address));
  }

  /** For a change: the owner's lock, then everything read again. */
  public Uni<TargetToken> lock(CallerIdentity caller, String ownerId, TokenAddress address) {
    return owners
        .lock(ownerId)
        .chain(
            owner -> confirm(caller, owner).chain(confirmed -> target(confirmed, owner, address)));
  }

  private Uni<CallerIdentity> confirm(CallerIdentity caller, Owner owner) {
    return caller.userId().equals(owner.id())
        ? rights.confirm(caller)
        : rights.confirmAdministrator(caller);
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
