package dev.osmo.token.roles.catalogue;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.input.QueryParameters;
import dev.osmo.token.paging.PageRequest;
import dev.osmo.token.roles.RoleName;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The role catalogue, at the path of OSMO's role configuration. */
@Cancellable(false)
@Path("/api/configs/role")
@RolesAllowed(CallerIdentity.ADMINISTRATOR)
class RoleResource {

  private static final Set<String> PAGE = Set.of("limit", "cursor");

  private final RoleCatalogue catalogue;
  private final SecurityIdentity identity;

  RoleResource(RoleCatalogue catalogue, SecurityIdentity identity) {
    this.catalogue = catalogue;
    this.identity = identity;
  }

  record ChangeBody(@Nullable String description, @Nullable List<String> tags) {

    RoleChange change() {
      return RoleChange.of(description, tags);
    }
  }

  @GET
  @Operation(summary = "Lists roles by name.")
  public Uni<RestResponse<List<RoleView>>> list(
      @Context UriInfo address,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    QueryParameters.requireKnown(address, PAGE);
    QueryParameters.requireSingleValues(address);
    return catalogue
        .list(PageRequest.parse(limit, cursor, Roles.KEY_PARTS, PageRequest.MOST))
        .map(page -> page.toResponse(address));
  }

  @GET
  @Path("{name}")
  @Operation(summary = "Shows a role.")
  public Uni<RoleView> show(@PathParam("name") String name) {
    return catalogue.show(new RoleName(name));
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Defines several roles. Other roles do not change.")
  public Uni<List<RoleView>> defineAll(RoleBody.@Nullable Many body) {
    return body == null
        ? RoleBody.NO_ROLES.toFailure()
        : catalogue.define(CallerIdentity.of(identity), body.roles(), body.change());
  }

  @PUT
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Defines a role. A field that is omitted keeps its value.")
  public Uni<RoleView> define(@PathParam("name") String name, @Nullable RoleBody body) {
    RoleBody role = body == null ? RoleBody.EMPTY : body;
    return catalogue
        .define(CallerIdentity.of(identity), List.of(role.role(name)), role.change())
        .map(List::getFirst);
  }

  /** OSMO's client sends the description and tags of the change in the body. */
  @DELETE
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Deletes a role and removes it from all users.")
  public Uni<NullNode> delete(@PathParam("name") String name, @Nullable ChangeBody body) {
    RoleChange change = body == null ? RoleChange.UNEXPLAINED : body.change();
    return catalogue
        .delete(CallerIdentity.of(identity), new RoleName(name), change)
        .replaceWith(NullNode::getInstance);
  }
}
