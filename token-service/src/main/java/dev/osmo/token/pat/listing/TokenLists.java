package dev.osmo.token.pat.listing;

import dev.osmo.token.paging.Page;
import dev.osmo.token.pat.store.TokenView;
import dev.osmo.token.roles.UserLocks;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Use cases: list many tokens. No response contains a secret. */
@ApplicationScoped
public class TokenLists {

  private final TokenSearch search;
  private final UserLocks owners;

  TokenLists(TokenSearch search, UserLocks owners) {
    this.search = search;
    this.owners = owners;
  }

  /** The tokens of one user. */
  @WithSession
  public Uni<Page<TokenView>> ofOwner(String ownerId, TokenFilter filter) {
    return owners
        .find(ownerId)
        .chain(() -> search.find(filter.ofOwner(ownerId)))
        .map(page -> page.map(TokenView::of));
  }

  /** The tokens of all users. */
  @WithSession
  public Uni<Page<TokenView>> ofAll(TokenFilter filter) {
    return search.find(filter).map(page -> page.map(TokenView::of));
  }
}
