package dev.osmo.token.roles.assignment;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.input.QueryParameters;
import dev.osmo.token.json.OsmoTime;
import dev.osmo.token.paging.PageRequest;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.roles.Assignment;
import dev.osmo.token.roles.Assignments;
import dev.osmo.token.roles.RoleName;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The users who hold a role, for administrators. */
@Cancellable(false)
@Path("/api/auth/roles/{role}/users")
@RolesAllowed(CallerIdentity.ADMINISTRATOR)
class RoleUsersResource {

  private static final int MAX_USERS = 100;
  private static final Set<String> PAGE = Set.of("limit", "cursor");
  private static final Refusal NOT_A_LIST =
      new Refusal(
          TokenProblem.INVALID_FIELD,
          "The body's field user_ids must list 1 to " + MAX_USERS + " users.");

  private final RoleQueries queries;
  private final GrantRole grantRole;
  private final SecurityIdentity identity;

  RoleUsersResource(RoleQueries queries, GrantRole grantRole, SecurityIdentity identity) {
    this.queries = queries;
    this.grantRole = grantRole;
    this.identity = identity;
  }

  record UserIdsBody(@Nullable List<String> userIds) {

    boolean isUsable() {
      return userIds != null
          && !userIds.isEmpty()
          && userIds.size() <= MAX_USERS
          && userIds.stream().noneMatch(Objects::isNull);
    }
  }

  record HolderView(String userId, String assignedBy, String assignedAt) {

    static HolderView of(Assignment assignment) {
      return new HolderView(
          assignment.userId(),
          assignment.assignedBy(),
          OsmoTime.withOffset(assignment.assignedAt()));
    }
  }

  record RoleUsersView(RoleName roleName, List<HolderView> users) {}

  @GET
  @Operation(summary = "Lists the users who have a role, newest first.")
  public Uni<RestResponse<RoleUsersView>> list(
      @Context UriInfo address,
      @PathParam("role") String role,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    QueryParameters.requireKnown(address, PAGE);
    QueryParameters.requireSingleValues(address);
    RoleName name = new RoleName(role);
    PageRequest request =
        PageRequest.parse(limit, cursor, Assignments.HOLDERS_KEY_PARTS, PageRequest.MOST);
    return queries
        .holdersOf(name, request)
        .map(page -> page.toResponse(view(name, page.items()), address));
  }

  private static RoleUsersView view(RoleName role, List<Assignment> holders) {
    return new RoleUsersView(role, holders.stream().map(HolderView::of).toList());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Grants a role to several users.")
  public Uni<BulkGrant> grant(@PathParam("role") String role, @Nullable UserIdsBody body) {
    List<String> users = body == null || !body.isUsable() ? null : body.userIds();
    return users == null
        ? NOT_A_LIST.toFailure()
        : grantRole.toMany(CallerIdentity.of(identity), users, new RoleName(role));
  }
}
