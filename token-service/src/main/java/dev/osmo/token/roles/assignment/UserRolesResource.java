package dev.osmo.token.roles.assignment;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.osmo.http.problem.Refusal;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.roles.Assignment;
import dev.osmo.token.roles.AssignmentView;
import dev.osmo.token.roles.RoleName;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The roles of one user, for administrators. */
@Cancellable(false)
@Path("/api/auth/user/{user_id}/roles")
@RolesAllowed(CallerIdentity.ADMINISTRATOR)
class UserRolesResource {

  private static final String REMOVED = "X-Osmo-Role-Removed";
  private static final Refusal NO_ROLE_NAMED =
      new Refusal(TokenProblem.INVALID_FIELD, "The body's field role_name must name a role.");

  private final RoleQueries queries;
  private final GrantRole grantRole;
  private final RemoveRole removeRole;
  private final SecurityIdentity identity;

  UserRolesResource(
      RoleQueries queries, GrantRole grantRole, RemoveRole removeRole, SecurityIdentity identity) {
    this.queries = queries;
    this.grantRole = grantRole;
    this.removeRole = removeRole;
    this.identity = identity;
  }

  record GrantBody(@Nullable RoleName roleName) {}

  record UserRolesView(String userId, List<AssignmentView> roles) {}

  record GrantView(String userId, String roleName, String assignedBy, Instant assignedAt) {

    static GrantView of(Assignment assignment) {
      return new GrantView(
          assignment.userId(),
          assignment.role().value(),
          assignment.assignedBy(),
          assignment.assignedAt());
    }
  }

  @GET
  @Operation(summary = "Lists the roles of a user.")
  public Uni<UserRolesView> list(@PathParam("user_id") String userId) {
    return queries
        .heldBy(userId)
        .map(held -> new UserRolesView(userId, held.stream().map(AssignmentView::of).toList()));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Grants a role to a user.")
  public Uni<GrantView> grant(@PathParam("user_id") String userId, @Nullable GrantBody body) {
    RoleName role = body == null ? null : body.roleName();
    return role == null
        ? NO_ROLE_NAMED.toFailure()
        : grantRole.toOne(CallerIdentity.of(identity), userId, role).map(GrantView::of);
  }

  /** The body is {@code null} for existing clients, so a header returns whether it was removed. */
  @DELETE
  @Path("{role}")
  @Operation(
      summary =
          "Removes a role from a user and from all access tokens of that user. The header"
              + " X-Osmo-Role-Removed is false if the user did not have the role.")
  public Uni<RestResponse<NullNode>> remove(
      @PathParam("user_id") String userId, @PathParam("role") String role) {
    return removeRole
        .remove(CallerIdentity.of(identity), userId, new RoleName(role))
        .map(UserRolesResource::removed);
  }

  private static RestResponse<NullNode> removed(boolean held) {
    return ResponseBuilder.ok(NullNode.getInstance()).header(REMOVED, held).build();
  }
}
