package dev.osmo.token.audit.search;

import dev.osmo.token.caller.CallerIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The audit trail, for administrators. */
@Cancellable(false)
@Path("/api/auth/audit")
@RolesAllowed(CallerIdentity.ADMINISTRATOR)
@Produces(MediaType.APPLICATION_JSON)
class AuditResource {

  private final AuditSearch search;

  AuditResource(AuditSearch search) {
    this.search = search;
  }

  @GET
  @Operation(summary = "Searches the audit trail, newest first.")
  public Uni<RestResponse<List<AuditView>>> find(@BeanParam AuditParameters parameters) {
    return search.find(parameters.filter()).map(page -> page.toResponse(parameters.address));
  }
}
