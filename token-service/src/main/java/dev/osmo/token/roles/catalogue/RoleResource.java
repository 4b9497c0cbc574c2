package dev.osmo.token.roles.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.osmo.http.problem.Refusal;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.problem.TokenProblem;
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
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The role catalogue, at the path of OSMO's role configuration. */
@Path("/api/configs/role")
@RolesAllowed(CallerIdentity.ADMINISTRATOR)
class RoleResource {

  private static final Refusal OTHER_NAME =
      new Refusal(
          TokenProblem.INVALID_FIELD,
          "The body's field name must equal the role's name in the path, or be omitted.");

  private final RoleCatalogue catalogue;
  private final SecurityIdentity identity;

  RoleResource(RoleCatalogue catalogue, SecurityIdentity identity) {
    this.catalogue = catalogue;
    this.identity = identity;
  }

  /** OSMO's role object. Fields other than name and description are accepted and ignored. */
  record RoleBody(
      @Nullable String description,
      @Nullable String name,
      @Nullable JsonNode policies,
      @Nullable JsonNode immutable,
      @Nullable JsonNode syncMode,
      @Nullable JsonNode externalRoles) {

    static final RoleBody EMPTY = new RoleBody(null, null, null, null, null, null);

    void requireName(String addressed) {
      if (name != null && !name.equals(addressed)) {
        throw OTHER_NAME.toException();
      }
    }
  }

  @GET
  @Operation(summary = "Lists all roles.")
  public Uni<List<RoleView>> list() {
    return catalogue.list();
  }

  @GET
  @Path("{name}")
  @Operation(summary = "Shows a role.")
  public Uni<RoleView> show(@PathParam("name") String name) {
    return catalogue.show(new RoleName(name));
  }

  @PUT
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Defines a role.")
  public Uni<RoleView> define(@PathParam("name") String name, @Nullable RoleBody body) {
    RoleBody role = body == null ? RoleBody.EMPTY : body;
    role.requireName(name);
    return catalogue.define(
        CallerIdentity.of(identity), new RoleName(name), RoleDescription.of(role.description()));
  }

  @DELETE
  @Path("{name}")
  @Operation(summary = "Deletes a role and removes it from all users.")
  public Uni<NullNode> delete(@PathParam("name") String name) {
    return catalogue
        .delete(CallerIdentity.of(identity), new RoleName(name))
        .replaceWith(NullNode::getInstance);
  }
}
