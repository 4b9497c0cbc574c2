package dev.osmo.token.pat.create;

import dev.osmo.pat.PatText;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.minting.Mint;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Use case: a token is created. The costly hash comes first, the transaction last. */
@ApplicationScoped
public class CreateToken {

  private final Mint mint;
  private final StoreToken store;

  CreateToken(Mint mint, StoreToken store) {
    this.mint = mint;
    this.store = store;
  }

  /** The token's text: its one appearance. */
  public Uni<PatText> create(CallerIdentity caller, NewToken wanted) {
    return store
        .preview(caller, wanted)
        .chain(() -> mint.mint())
        .call(minted -> store.store(caller, wanted, minted))
        .map(minted -> minted.text());
  }
}
