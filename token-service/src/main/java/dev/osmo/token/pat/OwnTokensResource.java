package dev.osmo.token.pat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.minting.PatText;
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

/** The caller's own tokens. */
@Path("/api/auth/access_token")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
class OwnTokensResource {

  private final CreateToken createToken;
  private final DeleteToken deleteToken;
  private final TokenQueries queries;
  private final SecurityIdentity identity;

  OwnTokensResource(
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
  public Uni<PatText> create(@BeanParam CreateParameters parameters) {
    CallerIdentity caller = CallerIdentity.of(identity);
    return createToken.create(caller, parameters.forOwner(caller.userId()));
  }

  @GET
  public Uni<List<TokenView>> list() {
    return queries.list(CallerIdentity.of(identity).userId());
  }

  @GET
  @Path("{token_name}/roles")
  public Uni<TokenRolesView> roles(@PathParam("token_name") String name) {
    return queries.roles(CallerIdentity.of(identity).userId(), name);
  }

  @DELETE
  @Path("{token_name}")
  public Uni<NullNode> delete(@PathParam("token_name") String name) {
    return deleteToken
        .ofOneself(CallerIdentity.of(identity), name)
        .replaceWith(NullNode::getInstance);
  }
}
