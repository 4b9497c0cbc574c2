package dev.osmo.token.pat.create;

import dev.osmo.pat.PatId;
import dev.osmo.token.audit.Actor;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.minting.MintedPat;
import dev.osmo.token.pat.store.FoundToken;
import dev.osmo.token.pat.store.Tokens;
import dev.osmo.token.roles.Assignments;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/**
 * Use case: a deployer chooses a token's text; the new token replaces the one with that name. Runs
 * in the caller's transaction, under the owner's lock.
 */
@ApplicationScoped
public class ProvisionToken {

  private final Tokens tokens;
  private final TokenWriter writer;
  private final Assignments assignments;
  private final AuditLog audit;

  ProvisionToken(Tokens tokens, TokenWriter writer, Assignments assignments, AuditLog audit) {
    this.tokens = tokens;
    this.writer = writer;
    this.assignments = assignments;
    this.audit = audit;
  }

  public Uni<Void> provision(Actor actor, String ownerId, String name, MintedPat minted) {
    return tokens
        .databaseTime()
        .chain(
            now ->
                assignments
                    .heldBy(ownerId)
                    .map(held -> Creation.provisioned(ownerId, name, held, actor, now)))
        .chain(creation -> writer.insert(new NewToken.WithSecret(minted), creation))
        .chain(() -> record(actor, AuditAction.TOKEN_CREATED, ownerId, minted.id().value(), name));
  }

  /** Does nothing when there is no such token. */
  public Uni<Void> remove(Actor actor, String ownerId, String name) {
    return tokens.findByName(ownerId, name).chain(found -> removeIfThere(actor, found));
  }

  /** Does nothing when there is no such token; any user may own it. */
  public Uni<Void> remove(Actor actor, PatId id) {
    return tokens.findOfAnyOwner(id).chain(found -> removeIfThere(actor, found));
  }

  private Uni<Void> removeIfThere(Actor actor, Optional<FoundToken> found) {
    return found.map(token -> remove(actor, token)).orElseGet(() -> Uni.createFrom().voidItem());
  }

  private Uni<Void> remove(Actor actor, FoundToken token) {
    String id = token.id().value();
    return tokens
        .remove(id)
        .chain(() -> record(actor, AuditAction.TOKEN_DELETED, token.ownerId(), id, token.name()));
  }

  private Uni<Void> record(
      Actor actor, AuditAction action, String ownerId, String patId, String name) {
    return audit.append(actor, AuditEntry.ofToken(action, ownerId, patId, Map.of("name", name)));
  }
}
