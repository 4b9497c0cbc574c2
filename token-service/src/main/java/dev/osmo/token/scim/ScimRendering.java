package dev.osmo.token.scim;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.http.problem.ProblemRendering;
import dev.osmo.http.problem.Refusal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Renders the errors of the SCIM routes as RFC 7644, section 3.12, requires. */
@ApplicationScoped
class ScimRendering implements ProblemRendering {

  private static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

  private final ScimClient client;

  ScimRendering(ScimClient client) {
    this.client = client;
  }

  @Override
  public Optional<Response> render(Refusal refusal, RoutingContext request) {
    return client.isConfigured() && request.normalizedPath().startsWith(ScimResource.PATH + "/")
        ? Optional.of(response(refusal))
        : Optional.empty();
  }

  private static Response response(Refusal refusal) {
    int status = refusal.type().status();
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.putArray("schemas").add(ERROR);
    error.put("status", Integer.toString(status));
    if (refusal.type() instanceof ScimProblem problem && !problem.scimType().isEmpty()) {
      error.put("scimType", problem.scimType());
    }
    error.put("detail", refusal.detail());
    return Response.status(status).type(ScimResource.MEDIA_TYPE).entity(error).build();
  }
}
