package dev.osmo.token.pat.rotate;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.minting.Mint;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Use case: a token gets a new secret. The costly hash comes first, the transaction last. */
@ApplicationScoped
public class RotateToken {

  private final Mint mint;
  private final StoreRotation store;

  RotateToken(Mint mint, StoreRotation store) {
    this.mint = mint;
    this.store = store;
  }

  public Uni<RotationView> rotate(CallerIdentity caller, RotationRequest wanted) {
    return store
        .preview(caller, wanted)
        .chain(() -> mint.mint())
        .chain(
            minted ->
                store
                    .store(caller, wanted, minted)
                    .map(rotation -> RotationView.of(rotation, minted.text())));
  }
}
