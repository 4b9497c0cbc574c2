package dev.osmo.token.pat.create;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.CurrentPermissions;
import dev.osmo.token.pat.rules.TokenName;
import dev.osmo.token.pat.rules.TokenPolicy;
import dev.osmo.token.pat.store.Tokens;
import dev.osmo.token.roles.Assignment;
import dev.osmo.token.roles.Assignments;
import dev.osmo.token.roles.Owner;
import dev.osmo.token.roles.UserLocks;
import dev.osmo.token.settings.TokenServiceSettings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Reads the facts that decide a creation. */
@ApplicationScoped
class CreationReader {

  private final UserLocks owners;
  private final CurrentPermissions permissions;
  private final Assignments assignments;
  private final Tokens tokens;
  private final TokenPolicy policy;

  CreationReader(
      UserLocks owners,
      CurrentPermissions permissions,
      Assignments assignments,
      Tokens tokens,
      TokenServiceSettings settings) {
    this.owners = owners;
    this.permissions = permissions;
    this.assignments = assignments;
    this.tokens = tokens;
    this.policy = TokenPolicy.of(settings);
  }

  Uni<CreationFacts> readUnlocked(CallerIdentity caller, CreationRequest request) {
    return owners.find(request.ownerId()).chain(owner -> read(caller, owner, request.name()));
  }

  Uni<CreationFacts> readLocked(CallerIdentity caller, CreationRequest request) {
    return owners
        .lock(request.ownerId(), caller.userId())
        .chain(
            owner ->
                permissions
                    .confirm(caller)
                    .chain(confirmed -> read(confirmed, owner, request.name())));
  }

  private Uni<CreationFacts> read(CallerIdentity caller, Owner owner, TokenName name) {
    return assignments.heldBy(owner.id()).chain(held -> read(caller, owner, held, name));
  }

  private Uni<CreationFacts> read(
      CallerIdentity caller, Owner owner, List<Assignment> held, TokenName name) {
    return tokens
        .countLive(owner.id())
        .chain(
            live ->
                tokens
                    .findByName(owner.id(), name.value())
                    .map(
                        same ->
                            new CreationFacts(
                                caller, owner, held, live, same.isPresent(), policy)));
  }
}
