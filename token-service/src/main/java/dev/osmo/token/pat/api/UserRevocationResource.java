package dev.osmo.token.pat.api;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.pat.lifecycle.RevocationReason;
import dev.osmo.token.pat.lifecycle.RevokeTokens;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Revocation of all access tokens of a user, for administrators. */
@Cancellable(false)
@Path("/api/auth/user/{user_id}/revoke_tokens")
@RolesAllowed(CallerIdentity.ADMINISTRATOR)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class UserRevocationResource {

  private final RevokeTokens revokeTokens;
  private final SecurityIdentity identity;

  UserRevocationResource(RevokeTokens revokeTokens, SecurityIdentity identity) {
    this.revokeTokens = revokeTokens;
    this.identity = identity;
  }

  record RevocationBody(@Nullable String reason) {}

  record RevocationView(int revoked) {}

  @POST
  @Operation(
      summary =
          "Revokes all valid access tokens of a user permanently, and ends the user's sessions.")
  public Uni<RevocationView> revoke(
      @PathParam("user_id") String userId, @Nullable RevocationBody body) {
    RevocationReason reason = RevocationReason.of(body == null ? null : body.reason());
    return revokeTokens
        .ofOwner(CallerIdentity.of(identity), userId, reason)
        .map(RevocationView::new);
  }
}
