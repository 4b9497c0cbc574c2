package dev.osmo.token.pat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.minting.PatText;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Any user's tokens, for administrators. */
@Path("/api/auth/user/{user_id}/access_token")
@RolesAllowed(CallerIdentity.ADMINISTRATOR)
@Produces(MediaType.APPLICATION_JSON)
class UserTokensResource {

  private final CreateToken createToken;
  private final DeleteToken deleteToken;
  private final TokenQueries queries;
  private final SecurityIdentity identity;

  UserTokensResource(
      CreateToken createToken,
      DeleteToken deleteToken,
      TokenQueries queries,
      SecurityIdentity identity) {
    this.createToken = createToken;
    this.deleteToken = deleteToken;
    this.queries = queries;
    this.identity = identity;
  }

  @POST
  @Path("{token_name}")
  public Uni<PatText> create(
      @PathParam("user_id") String userId, @BeanParam CreateParameters parameters) {
    return createToken.create(CallerIdentity.of(identity), parameters.forOwner(userId));
  }

  @GET
  public Uni<List<TokenView>> list(@PathParam("user_id") String userId) {
    return queries.list(userId);
  }

  @DELETE
  @Path("{token_name}")
  public Uni<NullNode> delete(
      @PathParam("user_id") String userId, @PathParam("token_name") String name) {
    return deleteToken
        .ofAnother(CallerIdentity.of(identity), userId, name)
        .replaceWith(NullNode::getInstance);
  }
}
