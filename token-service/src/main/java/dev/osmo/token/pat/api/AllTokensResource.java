package dev.osmo.token.pat.api;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.pat.listing.FilterParameters;
import dev.osmo.token.pat.listing.TokenLists;
import dev.osmo.token.pat.store.TokenView;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The access tokens of all users, for administrators; always paginated. */
@Cancellable(false)
@Path("/api/auth/tokens")
@RolesAllowed(CallerIdentity.ADMINISTRATOR)
@Produces(MediaType.APPLICATION_JSON)
class AllTokensResource {

  private final TokenLists lists;

  AllTokensResource(TokenLists lists) {
    this.lists = lists;
  }

  @GET
  @Operation(summary = "Lists the access tokens of all users by owner and name.")
  public Uni<RestResponse<List<TokenView>>> list(
      @QueryParam("owner") List<String> owners, @BeanParam FilterParameters parameters) {
    return lists
        .ofAll(parameters.filter(owners))
        .map(page -> page.toResponse(parameters.address()));
  }
}
