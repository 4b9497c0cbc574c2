package dev.osmo.token.pat.listing;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.pat.store.DerivedTokens;
import dev.osmo.token.pat.store.SecretRow;
import dev.osmo.token.pat.store.Secrets;
import dev.osmo.token.pat.store.TargetToken;
import dev.osmo.token.pat.store.TokenAddress;
import dev.osmo.token.pat.store.TokenFinder;
import dev.osmo.token.pat.store.TokenRow;
import dev.osmo.token.pat.store.Tokens;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.roles.UserLocks;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Use cases: read one token. No response contains a secret. */
@ApplicationScoped
public class TokenQueries {

  private final UserLocks owners;
  private final Tokens tokens;
  private final TokenFinder finder;
  private final Secrets secrets;
  private final DerivedTokens derived;

  TokenQueries(
      UserLocks owners, Tokens tokens, TokenFinder finder, Secrets secrets, DerivedTokens derived) {
    this.owners = owners;
    this.tokens = tokens;
    this.finder = finder;
    this.secrets = secrets;
    this.derived = derived;
  }

  @WithSession
  public Uni<TokenDetails> show(CallerIdentity caller, String ownerId, TokenAddress address) {
    return finder
        .find(caller, ownerId, address)
        .map(TargetToken::token)
        .chain(token -> secrets.latest(token.id()).chain(latest -> details(token, latest)));
  }

  @WithSession
  public Uni<TokenRolesView> roles(String ownerId, TokenAddress address) {
    return owners.find(ownerId).chain(owner -> rolesOf(owner.id(), address));
  }

  private Uni<TokenRolesView> rolesOf(String ownerId, TokenAddress address) {
    return address
        .in(tokens, ownerId)
        .map(found -> found.orElseThrow(() -> notFound(address).toException()))
        .chain(
            found ->
                tokens
                    .effectiveRoles(found.id())
                    .map(roles -> new TokenRolesView(ownerId, found.name(), roles)));
  }

  private Uni<TokenDetails> details(TokenRow token, List<SecretRow> latest) {
    return derived.count(token.id()).map(count -> TokenDetails.of(token, latest, count));
  }

  private static Refusal notFound(TokenAddress address) {
    return new Refusal(
        TokenProblem.TOKEN_NOT_FOUND,
        "Token " + address.shown() + " not found or does not belong to current user");
  }
}
