package dev.osmo.token.pat;

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

  TokenQueries(Tokens tokens, Owners owners) {
    this.tokens = tokens;
    this.owners = owners;
  }

  @WithSession
  Uni<List<TokenView>> list(String ownerId) {
    return owners
        .find(ownerId)
        .chain(() -> tokens.ofOwner(ownerId))
        .map(rows -> rows.stream().map(TokenView::of).toList());
  }

  @WithSession
  Uni<TokenRolesView> roles(String ownerId, String name) {
    return tokens
        .findByName(ownerId, name)
        .map(found -> found.orElseThrow(() -> notFound(name).toException()))
        .chain(
            found ->
                tokens
                    .effectiveRoles(found.id())
                    .map(roles -> new TokenRolesView(ownerId, found.name(), roles)));
  }

  private static Refusal notFound(String name) {
    return new Refusal(
        ProblemType.TOKEN_NOT_FOUND,
        "Token " + name + " not found or does not belong to current user");
  }
}
