package dev.osmo.token.bootstrap;

import dev.osmo.pat.PatId;
import dev.osmo.token.audit.Actor;
import dev.osmo.token.minting.MintedPat;
import dev.osmo.token.pat.create.ProvisionToken;
import dev.osmo.token.roles.RoleName;
import dev.osmo.token.users.UserId;
import dev.osmo.token.users.UserRoles;
import dev.osmo.token.users.Users;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Creates the user, role and token of a new token file. Runs in the caller's transaction. */
@ApplicationScoped
class FirstAdministrator {

  private static final String TOKEN_NAME = "bootstrap-admin";

  private final Users users;
  private final UserRoles roles;
  private final ProvisionToken tokens;

  FirstAdministrator(Users users, UserRoles roles, ProvisionToken tokens) {
    this.users = users;
    this.roles = roles;
    this.tokens = tokens;
  }

  /** Deletes the token of the previous file, regardless of its owner. */
  Uni<Void> retire(Actor actor, Optional<PatId> former) {
    return former.map(id -> tokens.remove(actor, id)).orElseGet(() -> Uni.createFrom().voidItem());
  }

  /** The operator names the user, so a directory does not prevent it. */
  Uni<Void> install(Actor actor, String user, RoleName role, MintedPat minted) {
    return users
        .create(actor, new UserId(user))
        .chain(() -> roles.lock(user))
        .chain(() -> users.enableForAll(actor, new UserId(user)))
        .chain(() -> roles.grantAll(actor, user, List.of(role)))
        .chain(() -> tokens.remove(actor, user, TOKEN_NAME))
        .chain(() -> tokens.provision(actor, user, TOKEN_NAME, minted));
  }
}
