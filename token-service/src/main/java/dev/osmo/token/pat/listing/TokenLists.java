package dev.osmo.token.pat.listing;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.paging.Page;
import dev.osmo.token.pat.store.TokenView;
import dev.osmo.token.roles.UserLocks;
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

  /** The caller's own tokens. */
  public Uni<Page<TokenView>> own(CallerIdentity caller, TokenFilter filter) {
    return search.ofOwner(caller.userId(), filter);
  }

  /** The tokens of one user. */
  public Uni<Page<TokenView>> ofOwner(String ownerId, TokenFilter filter) {
    return owners.read(ownerId).chain(owner -> search.ofOwner(owner.id(), filter));
  }

  /** The tokens of all users. */
  public Uni<Page<TokenView>> ofAll(TokenFilter filter) {
    return owners
        .asCreated(filter.owners())
        .chain(asCreated -> search.find(filter.ofOwners(asCreated)));
  }
}
