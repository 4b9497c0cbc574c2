package dev.osmo.token.bootstrap;

import dev.osmo.pat.PatText;
import dev.osmo.token.minting.Mint;
import dev.osmo.token.settings.TokenServiceSettings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Use case, at the start: the token file's administrator exists, unless this very file was applied
 * before.
 */
@ApplicationScoped
public class Bootstrap {

  private final TokenServiceSettings.Bootstrap settings;
  private final Mint mint;
  private final ApplyTokenFile apply;

  Bootstrap(TokenServiceSettings settings, Mint mint, ApplyTokenFile apply) {
    this.settings = settings.bootstrap();
    this.mint = mint;
    this.apply = apply;
  }

  public Uni<Void> run() {
    return settings
        .tokenFile()
        .map(TokenFile::read)
        .map(this::run)
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private Uni<Void> run(PatText token) {
    BootstrapDigest digest = BootstrapDigest.of(token);
    return apply
        .isApplied(digest)
        .chain(
            applied ->
                applied
                    ? Uni.createFrom().voidItem()
                    : mint.mint(token).chain(minted -> apply.apply(digest, minted)));
  }
}
