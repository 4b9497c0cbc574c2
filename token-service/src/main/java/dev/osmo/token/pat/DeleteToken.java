package dev.osmo.token.pat;

import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.FreshRights;
import dev.osmo.token.problem.ProblemType;
import dev.osmo.token.problem.Refusal;
import dev.osmo.token.roles.Owners;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * Use case: a token is deleted, with its secrets and its snapshot. Deleting is always allowed to
 * who may see it.
 */
@ApplicationScoped
class DeleteToken {

  private final Owners owners;
  private final FreshRights rights;
  private final Tokens tokens;
  private final AuditLog audit;

  DeleteToken(Owners owners, FreshRights rights, Tokens tokens, AuditLog audit) {
    this.owners = owners;
    this.rights = rights;
    this.tokens = tokens;
    this.audit = audit;
  }

  @WithTransaction
  Uni<Void> ofOneself(CallerIdentity caller, String name) {
    return owners
        .lock(caller.userId())
        .chain(() -> rights.confirm(caller))
        .chain(confirmed -> delete(confirmed, confirmed.userId(), name));
  }

  @WithTransaction
  Uni<Void> ofAnother(CallerIdentity caller, String ownerId, String name) {
    return owners
        .lock(ownerId)
        .chain(() -> rights.confirmAdministrator(caller))
        .chain(confirmed -> delete(confirmed, ownerId, name));
  }

  private Uni<Void> delete(CallerIdentity caller, String ownerId, String name) {
    return tokens
        .findByName(ownerId, name)
        .map(found -> found.orElseThrow(() -> notFound(name).toException()))
        .call(found -> tokens.remove(found.id()))
        .chain(found -> audit.append(caller.actor(), entry(ownerId, found)));
  }

  private static AuditEntry entry(String ownerId, FoundToken token) {
    return AuditEntry.ofToken(
        AuditAction.TOKEN_DELETED, ownerId, token.id().value(), Map.of("name", token.name()));
  }

  private static Refusal notFound(String name) {
    return new Refusal(ProblemType.TOKEN_NOT_FOUND, "Access token " + name + " does not exist.");
  }
}
