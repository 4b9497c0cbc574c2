package dev.osmo.token.pat.api;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.NamedOwner;
import dev.osmo.token.pat.create.CreateParameters;
import dev.osmo.token.pat.create.CreateToken;
import dev.osmo.token.pat.create.CreatedToken;
import dev.osmo.token.pat.history.TokenHistoryView;
import dev.osmo.token.pat.listing.FilterParameters;
import dev.osmo.token.pat.listing.TokenDetails;
import dev.osmo.token.pat.listing.TokenLists;
import dev.osmo.token.pat.listing.TokenRolesView;
import dev.osmo.token.pat.rotate.RotationParameters;
import dev.osmo.token.pat.rotate.RotationView;
import dev.osmo.token.pat.store.TokenView;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The access tokens of any user, for administrators, and of the caller. */
@Cancellable(false)
@Path("/api/auth/user/{user_id}/access_token")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
class UserTokensResource {

  private final CreateToken createToken;
  private final TokenLists lists;
  private final TokenOperations operations;
  private final SecurityIdentity identity;

  UserTokensResource(
      CreateToken createToken,
      TokenLists lists,
      TokenOperations operations,
      SecurityIdentity identity) {
    this.createToken = createToken;
    this.lists = lists;
    this.operations = operations;
    this.identity = identity;
  }

  @POST
  @Path("{token_name}")
  @Operation(
      summary =
          "Creates an access token for a user. The response is its text, which is never shown"
              + " again. With trust, it has no text, and the response is its id.")
  public Uni<CreatedToken> create(
      @PathParam("user_id") NamedOwner owner, @BeanParam CreateParameters parameters) {
    CallerIdentity caller = caller();
    return createToken.create(caller, parameters.forOwner(owner.forCaller(caller)));
  }

  @GET
  @Operation(summary = "Lists a user's access tokens by name.")
  public Uni<RestResponse<List<TokenView>>> list(
      @PathParam("user_id") NamedOwner owner, @BeanParam FilterParameters parameters) {
    return lists
        .ofOwner(owner.forCaller(caller()), parameters.filter())
        .map(page -> page.toResponse(parameters.address()));
  }

  @GET
  @Path("{token_name}")
  @Operation(summary = "Shows a user's access token.")
  public Uni<TokenDetails> show(
      @PathParam("user_id") NamedOwner owner, @PathParam("token_name") String name) {
    CallerIdentity caller = caller();
    return operations.show(caller, owner.forCaller(caller), name);
  }

  @GET
  @Path("{token_name}/roles")
  @Operation(summary = "Shows which roles a user's access token still has.")
  public Uni<TokenRolesView> roles(
      @PathParam("user_id") NamedOwner owner, @PathParam("token_name") String name) {
    CallerIdentity caller = caller();
    return operations.roles(caller, owner.forCaller(caller), name);
  }

  @GET
  @Path("{token_name}/history")
  @Operation(summary = "Explains what happened to a user's access token.")
  public Uni<TokenHistoryView> history(
      @PathParam("user_id") NamedOwner owner, @PathParam("token_name") String name) {
    CallerIdentity caller = caller();
    return operations.history(caller, owner.forCaller(caller), name);
  }

  @POST
  @Path("{token_name}/suspend")
  @Operation(summary = "Suspends a user's access token.")
  public Uni<TokenView> suspend(
      @PathParam("user_id") NamedOwner owner, @PathParam("token_name") String name) {
    CallerIdentity caller = caller();
    return operations.suspend(caller, owner.forCaller(caller), name);
  }

  @POST
  @Path("{token_name}/resume")
  @Operation(summary = "Resumes a user's access token.")
  public Uni<TokenView> resume(
      @PathParam("user_id") NamedOwner owner, @PathParam("token_name") String name) {
    CallerIdentity caller = caller();
    return operations.resume(caller, owner.forCaller(caller), name);
  }

  @POST
  @Path("{token_name}/revoke")
  @Operation(summary = "Revokes a user's access token permanently. It stays in the list.")
  public Uni<RestResponse<TokenView>> revoke(
      @PathParam("user_id") NamedOwner owner, @PathParam("token_name") String name) {
    CallerIdentity caller = caller();
    return operations.revoke(caller, owner.forCaller(caller), name);
  }

  @DELETE
  @Path("{token_name}")
  @Operation(summary = "Deletes a user's access token.")
  public Uni<RestResponse<NullNode>> delete(
      @PathParam("user_id") NamedOwner owner, @PathParam("token_name") String name) {
    CallerIdentity caller = caller();
    return operations.delete(caller, owner.forCaller(caller), name);
  }

  @POST
  @Path("{token_name}/rotate")
  @Operation(
      summary =
          "Rotates a user's access token: it gets a new secret, and the old one stays valid for the"
              + " grace period.")
  public Uni<RotationView> rotate(
      @PathParam("user_id") NamedOwner owner, @BeanParam RotationParameters parameters) {
    CallerIdentity caller = caller();
    return operations.rotate(caller, owner.forCaller(caller), parameters);
  }

  private CallerIdentity caller() {
    return CallerIdentity.of(identity);
  }
}
