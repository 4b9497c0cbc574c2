package dev.osmo.token.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.http.problem.Refusal;
import dev.osmo.http.request.RequestId;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * The users of a directory, for its SCIM client. There is no such address unless the operator
 * configures the client, so the document of the API does not show it.
 */
@Cancellable(false)
@Path(ScimResource.PATH)
@EndpointDisabled(
    name = "token-service.scim.credential-file",
    stringValue = "",
    disableIfMissing = true)
@PermitAll
@ScimClientOnly
@Consumes({ScimResource.MEDIA_TYPE, MediaType.APPLICATION_JSON})
@Produces({ScimResource.MEDIA_TYPE, MediaType.APPLICATION_JSON})
class ScimResource {

  static final String PATH = "/scim/v2";
  static final String MEDIA_TYPE = "application/scim+json";

  private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
  private static final Refusal NO_CREATION =
      ScimProblem.NOT_IMPLEMENTED.because(
          "Users are not created through SCIM. They are created when they sign in for the first time.");

  private final DirectoryUsers users;
  private final String base;

  ScimResource(DirectoryUsers users, TokenServiceSettings settings) {
    this.users = users;
    this.base = settings.issuer().replaceFirst("/$", "") + PATH;
  }

  @GET
  @Path("ServiceProviderConfig")
  @Operation(hidden = true)
  public JsonNode configuration() {
    return ServiceProviderConfig.of(URI.create(base + "/ServiceProviderConfig"));
  }

  @GET
  @Path("Users")
  @Operation(hidden = true)
  public Uni<JsonNode> find(@QueryParam("filter") @Nullable String filter) {
    return users.find(UserSearch.parse(filter)).map(this::list);
  }

  @POST
  @Path("Users")
  @Operation(hidden = true)
  public Uni<JsonNode> create() {
    return NO_CREATION.toFailure();
  }

  @GET
  @Path("Users/{id}")
  @Operation(hidden = true)
  public Uni<JsonNode> show(@PathParam("id") String id) {
    return users.show(id).map(this::resource);
  }

  @PATCH
  @Path("Users/{id}")
  @Operation(hidden = true)
  public Uni<JsonNode> patch(
      @PathParam("id") String id, @Nullable JsonNode body, RoutingContext request) {
    return change(id, RequestedActive.ofPatch(body), request);
  }

  @PUT
  @Path("Users/{id}")
  @Operation(hidden = true)
  public Uni<JsonNode> replace(
      @PathParam("id") String id, @Nullable JsonNode body, RoutingContext request) {
    return change(id, RequestedActive.ofResource(body, id), request);
  }

  /** The user is disabled and kept, so that a mistake in the directory destroys nothing. */
  @DELETE
  @Path("Users/{id}")
  @Operation(hidden = true)
  public Uni<Void> delete(@PathParam("id") String id, RoutingContext request) {
    return users.change(id, false, RequestId.of(request).value()).replaceWithVoid();
  }

  private Uni<JsonNode> change(String id, Optional<Boolean> active, RoutingContext request) {
    return active
        .map(flag -> users.change(id, flag, RequestId.of(request).value()))
        .orElseGet(() -> users.show(id))
        .map(this::resource);
  }

  private JsonNode list(Optional<FoundUser> found) {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.putArray("schemas").add(LIST);
    int number = found.isPresent() ? 1 : 0;
    list.put("totalResults", number).put("startIndex", 1).put("itemsPerPage", number);
    ArrayNode resources = list.putArray("Resources");
    found.map(this::resource).ifPresent(resources::add);
    return list;
  }

  private JsonNode resource(FoundUser user) {
    return user.resource(UriBuilder.fromUri(base).path("Users/{id}").build(user.id()));
  }
}
