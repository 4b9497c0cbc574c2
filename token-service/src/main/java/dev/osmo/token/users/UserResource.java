package dev.osmo.token.users;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.osmo.http.problem.Refusal;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.input.QueryParameters;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.roles.RoleName;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
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

/** Users, for administrators. */
@Cancellable(false)
@Path("/api/auth/user")
@RolesAllowed(CallerIdentity.ADMINISTRATOR)
class UserResource {

  private static final String OVERRULE = "overrule_directory";
  private static final Set<String> FILTERS =
      Set.of("start_index", "count", "cursor", "id_prefix", "roles");

  private final UserQueries queries;
  private final ManageUsers manage;
  private final SecurityIdentity identity;

  UserResource(UserQueries queries, ManageUsers manage, SecurityIdentity identity) {
    this.queries = queries;
    this.manage = manage;
    this.identity = identity;
  }

  record NewUserBody(@Nullable String id, @Nullable List<RoleName> roles) {

    static final NewUserBody EMPTY = new NewUserBody(null, null);

    UserId userId() {
      return new UserId(id == null ? "" : id);
    }

    List<RoleName> granted() {
      List<RoleName> granted = roles == null ? List.of() : roles;
      if (granted.stream().anyMatch(Objects::isNull)) {
        throw new Refusal(
                TokenProblem.INVALID_FIELD, "The body's field roles must list names of roles.")
            .toException();
      }
      return granted;
    }
  }

  @GET
  @Operation(summary = "Lists users, newest first.")
  public Uni<RestResponse<UserPage>> list(
      @Context UriInfo address,
      @QueryParam("start_index") @Nullable String startIndex,
      @QueryParam("count") @Nullable String count,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("id_prefix") @DefaultValue("") String idPrefix,
      @QueryParam("roles") List<String> roles) {
    QueryParameters.requireKnown(address, FILTERS);
    QueryParameters.requireSingleValues(address);
    return queries
        .list(UserFilter.parse(startIndex, count, cursor, idPrefix, roles))
        .map(found -> found.page().toResponse(found.body(), address));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Creates a user with roles.")
  public Uni<UserView> create(@Nullable NewUserBody body) {
    NewUserBody user = body == null ? NewUserBody.EMPTY : body;
    return manage.create(CallerIdentity.of(identity), user.userId(), user.granted());
  }

  @GET
  @Path("{user_id}")
  @Operation(summary = "Shows a user.")
  public Uni<UserDetails> show(@PathParam("user_id") String userId) {
    return queries.show(userId);
  }

  @DELETE
  @Path("{user_id}")
  @Operation(summary = "Deletes a user with all roles and access tokens.")
  public Uni<NullNode> delete(@PathParam("user_id") String userId) {
    return manage.delete(CallerIdentity.of(identity), userId).replaceWith(NullNode::getInstance);
  }

  @POST
  @Path("{user_id}/disable")
  @Operation(summary = "Disables a user. Roles and access tokens are kept.")
  public Uni<UserView> disable(@PathParam("user_id") String userId) {
    return manage.disable(CallerIdentity.of(identity), userId);
  }

  @POST
  @Path("{user_id}/enable")
  @Operation(
      summary = "Enables a user again. A user whom the directory has disabled stays disabled.")
  public Uni<UserView> enable(
      @PathParam("user_id") String userId,
      @Context UriInfo address,
      @QueryParam(OVERRULE) @DefaultValue("false") String overrule) {
    QueryParameters.requireKnown(address, Set.of(OVERRULE));
    QueryParameters.requireSingleValues(address);
    return manage.enable(CallerIdentity.of(identity), userId, isTrue(overrule));
  }

  private static boolean isTrue(String overrule) {
    return switch (overrule) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new Refusal(TokenProblem.INVALID_FIELD, OVERRULE + " must be true or false.")
              .toException();
    };
  }
}
