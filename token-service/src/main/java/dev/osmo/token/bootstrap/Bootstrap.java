package dev.osmo.token.bootstrap;

import dev.osmo.pat.PatText;
import dev.osmo.token.audit.Actor;
import dev.osmo.token.database.Transactions;
import dev.osmo.token.minting.Mint;
import dev.osmo.token.minting.MintedPat;
import dev.osmo.token.roles.RoleName;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Use case at startup: apply the token file, unless the same file was applied before. One
 * transaction writes user, role, token and the file's digest, once for all replicas that start.
 */
@ApplicationScoped
public class Bootstrap {

  private static final Logger LOG = Logger.getLogger(Bootstrap.class);

  private final TokenServiceSettings.Bootstrap settings;
  private final Mint mint;
  private final BootstrapState state;
  private final FirstAdministrator administrator;
  private final Transactions transactions;

  Bootstrap(
      TokenServiceSettings settings,
      Mint mint,
      BootstrapState state,
      FirstAdministrator administrator,
      Transactions transactions) {
    this.settings = settings.bootstrap();
    this.mint = mint;
    this.state = state;
    this.administrator = administrator;
    this.transactions = transactions;
  }

  public Uni<Void> run() {
    return settings
        .tokenFile()
        .map(TokenFile::read)
        .map(this::applyIfNew)
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private Uni<Void> applyIfNew(PatText token) {
    BootstrapDigest digest = BootstrapDigest.of(token);
    return Panache.withSession(() -> isApplied(digest))
        .chain(applied -> applied ? Uni.createFrom().voidItem() : mintAndApply(token, digest));
  }

  private Uni<Void> mintAndApply(PatText token, BootstrapDigest digest) {
    return mint.mint(token).chain(minted -> transactions.run(() -> applyOnce(digest, minted)));
  }

  /** Checks again under the lock: another replica may have applied the file meanwhile. */
  private Uni<Void> applyOnce(BootstrapDigest digest, MintedPat minted) {
    return state
        .lock()
        .chain(() -> isApplied(digest))
        .chain(applied -> applied ? Uni.createFrom().voidItem() : apply(digest, minted));
  }

  private Uni<Boolean> isApplied(BootstrapDigest digest) {
    return state
        .lastApplied()
        .map(last -> last.filter(applied -> applied.digest().equals(digest)).isPresent());
  }

  private Uni<Void> apply(BootstrapDigest digest, MintedPat minted) {
    Actor actor = Actor.service("bootstrap");
    RoleName role = new RoleName(settings.role());
    return state
        .lastApplied()
        .chain(last -> administrator.retire(actor, last.map(BootstrapState.Applied::token)))
        .chain(() -> administrator.install(actor, settings.user(), role, minted))
        .chain(() -> state.store(digest, minted.id()))
        .invoke(
            () ->
                LOG.infof(
                    "bootstrap token applied: user=%s role=%s pat_id=%s",
                    settings.user(), settings.role(), minted.id()));
  }
}
