package dev.osmo.token.roles.assignment;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.roles.RoleName;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The preview of a role removal, for administrators. */
@Cancellable(false)
@Path("/api/auth/user/{user_id}/roles/{role}/removal")
@RolesAllowed(CallerIdentity.ADMINISTRATOR)
@Produces(MediaType.APPLICATION_JSON)
class RemovalResource {

  private final PreviewRemoval previewRemoval;

  RemovalResource(PreviewRemoval previewRemoval) {
    this.previewRemoval = previewRemoval;
  }

  @GET
  @Operation(summary = "Shows what the removal of a role would do to the user's access tokens.")
  public Uni<RemovalPreview> preview(
      @PathParam("user_id") String userId, @PathParam("role") String role) {
    return previewRemoval.preview(userId, new RoleName(role));
  }
}
