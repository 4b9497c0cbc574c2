package dev.osmo.token.bootstrap;

import dev.osmo.token.audit.Actor;
import dev.osmo.token.minting.MintedPat;
import dev.osmo.token.roles.RoleName;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * The transaction of a new token file: user, role, token, memory of the file; all of it, once,
 * however many replicas start.
 */
@ApplicationScoped
class ApplyTokenFile {

  private static final Logger LOG = Logger.getLogger(ApplyTokenFile.class);

  private final TokenServiceSettings.Bootstrap settings;
  private final BootstrapState state;
  private final FirstAdministrator administrator;

  ApplyTokenFile(
      TokenServiceSettings settings, BootstrapState state, FirstAdministrator administrator) {
    this.settings = settings.bootstrap();
    this.state = state;
    this.administrator = administrator;
  }

  @WithSession
  Uni<Boolean> isApplied(BootstrapDigest digest) {
    return state
        .lastApplied()
        .map(last -> last.filter(applied -> applied.digest().equals(digest)).isPresent());
  }

  @WithTransaction
  Uni<Void> apply(BootstrapDigest digest, MintedPat minted) {
    return state
        .lock()
        .chain(() -> isApplied(digest))
        .chain(applied -> applied ? Uni.createFrom().voidItem() : write(digest, minted));
  }

  private Uni<Void> write(BootstrapDigest digest, MintedPat minted) {
    Actor actor = Actor.ourselves("bootstrap");
    return state
        .lastApplied()
        .chain(last -> administrator.retire(actor, last.map(BootstrapState.Applied::token)))
        .chain(
            () ->
                administrator.install(
                    actor, settings.user(), new RoleName(settings.role()), minted))
        .chain(() -> state.remember(digest, minted.id()))
        .invoke(
            () ->
                LOG.infof(
                    "bootstrap token applied: user=%s role=%s pat_id=%s",
                    settings.user(), settings.role(), minted.id()));
  }
}
