package dev.osmo.token.pat.lifecycle;

import dev.osmo.token.audit.Actor;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.pat.store.FoundToken;
import dev.osmo.token.pat.store.Tokens;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/**
 * Writes an audit event for each token that is deleted together with its owner. Runs in the
 * caller's transaction, under the owner's lock.
 */
@ApplicationScoped
public class OwnerDeletion {

  private final Tokens tokens;
  private final AuditLog audit;

  OwnerDeletion(Tokens tokens, AuditLog audit) {
    this.tokens = tokens;
    this.audit = audit;
  }

  public Uni<Void> recordDeletion(Actor actor, String ownerId) {
    return tokens.ofOwner(ownerId).chain(found -> recordEach(actor, found));
  }

  private Uni<Void> recordEach(Actor actor, List<FoundToken> found) {
    return Multi.createFrom()
        .iterable(found)
        .map(OwnerDeletion::entry)
        .onItem()
        .transformToUniAndConcatenate(entry -> audit.append(actor, entry))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private static AuditEntry entry(FoundToken token) {
    return AuditEntry.ofToken(
        AuditAction.TOKEN_DELETED,
        token.ownerId(),
        token.id().value(),
        Map.of("name", token.name(), "with", "its owner"));
  }
}
