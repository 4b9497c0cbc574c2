package dev.osmo.token.pat;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.problem.ProblemType;
import dev.osmo.token.problem.Refusal;
import dev.osmo.token.roles.Owners;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Use cases: tokens are looked at. No answer holds a secret. */
@ApplicationScoped
class TokenQueries {

  private final Tokens tokens;
  private final Owners owners;
  private final TokenFinder finder;
  private final Secrets secrets;
  private final TokenChanges changes;

  TokenQueries(
      Tokens tokens, Owners owners, TokenFinder finder, Secrets secrets, TokenChanges changes) {
    this.tokens = tokens;
    this.owners = owners;
    this.finder = finder;
    this.secrets = secrets;
    this.changes = changes;
  }

  @WithSession
  Uni<List<TokenView>> list(String ownerId) {
    return owners
        .find(ownerId)
        .chain(() -> tokens.ofOwner(ownerId))
        .map(rows -> rows.stream().map(TokenView::of).toList());
  }

  @WithSession
  Uni<TokenDetails> show(CallerIdentity caller, String ownerId, TokenAddress address) {
    return finder
        .find(caller, ownerId, address)
        .map(TargetToken::token)
        .chain(token -> secrets.of(token.id()).chain(all -> details(token, all)));
  }

  @WithSession
  Uni<TokenRolesView> roles(String ownerId, TokenAddress address) {
    return tokens
        .find(ownerId, address)
        .map(found -> found.orElseThrow(() -> notFound(address).toException()))
        .chain(
            found ->
                tokens
                    .effectiveRoles(found.id())
                    .map(roles -> new TokenRolesView(ownerId, found.name(), roles)));
  }

  private Uni<TokenDetails> details(TokenRow token, List<SecretRow> all) {
    return changes.countDerived(token.id()).map(derived -> TokenDetails.of(token, all, derived));
  }

  private static Refusal notFound(TokenAddress address) {
    return new Refusal(
        ProblemType.TOKEN_NOT_FOUND,
        "Token " + address.shown() + " not found or does not belong to current user");
  }
}
