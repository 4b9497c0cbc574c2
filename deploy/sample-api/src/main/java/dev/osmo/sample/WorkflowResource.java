package dev.osmo.sample;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Lists and submits workflows, with the paths and bodies that existing OSMO clients use. */
@Path("/api")
@RolesAllowed({"osmo-user", "osmo-ml-team", "osmo-admin"})
class WorkflowResource {
  private final JsonWebToken jwt;
  private final Workflows workflows;

  WorkflowResource(JsonWebToken jwt, Workflows workflows) {
    this.jwt = jwt;
    this.workflows = workflows;
  }

  @GET
  @Path("/workflow")
  public WorkflowList list(@Context UriInfo uri) {
    return workflows.list(ListQuery.read(uri.getQueryParameters(), jwt.getSubject()));
  }

  @POST
  @Path("/pool/{pool}/workflow")
  @Consumes(MediaType.APPLICATION_JSON)
  public SubmitResult submit(
      @Context UriInfo uri, @PathParam("pool") String pool, @Nullable SubmitRequest request) {
    // The parameters first: a client that submits a workflow by its id sends no body.
    SubmitParameters parameters = SubmitParameters.read(uri.getQueryParameters());
    return workflows.submit(pool, SubmitRequest.require(request), parameters, jwt.getSubject());
  }
}
