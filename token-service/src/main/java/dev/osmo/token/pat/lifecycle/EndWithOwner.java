package dev.osmo.token.pat.lifecycle;

import dev.osmo.token.audit.Actor;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Map;

/**
 * The tokens of a user who is deleted go with the user's row; here each gets the last event of its
 * trail. Runs in the caller's transaction, under the owner's lock.
 */
@ApplicationScoped
public class EndWithOwner {

  private static final String OF_OWNER =
      "SELECT t.id AS id, t.name AS name FROM access_token t WHERE t.user_id = :owner ORDER BY t.id";

  private final AuditLog audit;

  EndWithOwner(AuditLog audit) {
    this.audit = audit;
  }

  public Uni<Void> note(Actor actor, String ownerId) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(OF_OWNER, Tuple.class)
                    .setParameter("owner", ownerId)
                    .getResultList())
        .chain(tokens -> noteEach(actor, ownerId, tokens));
  }

  private Uni<Void> noteEach(Actor actor, String ownerId, List<Tuple> tokens) {
    return Multi.createFrom()
        .iterable(tokens)
        .map(token -> entry(ownerId, token))
        .onItem()
        .transformToUniAndConcatenate(entry -> audit.append(actor, entry))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private static AuditEntry entry(String ownerId, Tuple token) {
    return AuditEntry.ofToken(
        AuditAction.TOKEN_DELETED,
        ownerId,
        token.get("id", String.class),
        Map.of("name", token.get("name", String.class), "with", "its owner"));
  }
}
