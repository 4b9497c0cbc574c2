package dev.osmo.token.pat.api;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.osmo.token.caller.CallerIdentity;
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

/** The caller's own access tokens. */
@Cancellable(false)
@Path("/api/auth/access_token")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
class OwnTokensResource {

  private final CreateToken createToken;
  private final TokenLists lists;
  private final TokenOperations operations;
  private final SecurityIdentity identity;

  OwnTokensResource(
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
          "Creates an access token for you. The response is its text, which is never shown again."
              + " With trust, it has no text, and the response is its id.")
  public Uni<CreatedToken> create(@BeanParam CreateParameters parameters) {
    CallerIdentity caller = caller();
    return createToken.create(caller, parameters.forOwner(caller.userId()));
  }

  @GET
  @Operation(summary = "Lists your access tokens by name.")
  public Uni<RestResponse<List<TokenView>>> list(@BeanParam FilterParameters parameters) {
    return lists
        .own(caller(), parameters.filter())
        .map(page -> page.toResponse(parameters.address()));
  }

  @GET
  @Path("{token_name}")
  @Operation(summary = "Shows one of your access tokens: by name, by pat_ id, or self.")
  public Uni<TokenDetails> show(@PathParam("token_name") String name) {
    CallerIdentity caller = caller();
    return operations.show(caller, caller.userId(), name);
  }

  @GET
  @Path("{token_name}/roles")
  @Operation(summary = "Shows which roles one of your access tokens still has.")
  public Uni<TokenRolesView> roles(@PathParam("token_name") String name) {
    CallerIdentity caller = caller();
    return operations.roles(caller, caller.userId(), name);
  }

  @GET
  @Path("{token_name}/history")
  @Operation(
      summary =
          "Explains what happened to one of your access tokens: why it is refused, which roles it"
              + " lost, and who changed it.")
  public Uni<TokenHistoryView> history(@PathParam("token_name") String name) {
    CallerIdentity caller = caller();
    return operations.history(caller, caller.userId(), name);
  }

  @POST
  @Path("{token_name}/suspend")
  @Operation(summary = "Suspends one of your access tokens.")
  public Uni<TokenView> suspend(@PathParam("token_name") String name) {
    CallerIdentity caller = caller();
    return operations.suspend(caller, caller.userId(), name);
  }

  @POST
  @Path("{token_name}/resume")
  @Operation(summary = "Resumes one of your access tokens.")
  public Uni<TokenView> resume(@PathParam("token_name") String name) {
    CallerIdentity caller = caller();
    return operations.resume(caller, caller.userId(), name);
  }

  @POST
  @Path("{token_name}/revoke")
  @Operation(
      summary =
          "Revokes one of your access tokens permanently. It stays in the list. The header"
              + " X-Osmo-Derived-Tokens contains the number of tokens that were created with it and"
              + " remain.")
  public Uni<RestResponse<TokenView>> revoke(@PathParam("token_name") String name) {
    CallerIdentity caller = caller();
    return operations.revoke(caller, caller.userId(), name);
  }

  @DELETE
  @Path("{token_name}")
  @Operation(
      summary =
          "Deletes one of your access tokens. The header X-Osmo-Derived-Tokens contains the number"
              + " of tokens that were created with it and remain.")
  public Uni<RestResponse<NullNode>> delete(@PathParam("token_name") String name) {
    CallerIdentity caller = caller();
    return operations.delete(caller, caller.userId(), name);
  }

  @POST
  @Path("{token_name}/rotate")
  @Operation(
      summary =
          "Rotates one of your access tokens: it gets a new secret, and the old one stays valid for"
              + " the grace period.")
  public Uni<RotationView> rotate(@BeanParam RotationParameters parameters) {
    CallerIdentity caller = caller();
    return operations.rotate(caller, caller.userId(), parameters);
  }

  private CallerIdentity caller() {
    return CallerIdentity.of(identity);
  }
}
