package dev.osmo.exchange.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createSchema;

import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.http.openapi.ApiDocument;
import dev.osmo.http.openapi.DenialSchema;
import dev.osmo.http.openapi.ErrorResponses;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.IndexView;

/**
 * Completes this service's OpenAPI document: the forms and error responses of the OAuth routes, and
 * the schemas that have no Java type. The framework finds only classes that implement the interface
 * themselves.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ExchangeDocument extends ApiDocument implements OASFilter {

  private static final String OAUTH_ERROR = "OAuthError";

  /** Refused before the route is known. */
  private static final Set<Integer> ALWAYS_PROBLEMS = Set.of(411, 413);

  /** Called by the framework. */
  public ExchangeDocument(IndexView index) {
    super(index, "dev.osmo.exchange", ExchangeProblem.CATALOGUE);
  }

  @Override
  protected void complete(String path, HttpMethod method, Operation operation) {
    if (method == HttpMethod.POST) {
      OAuthForms.of(path).ifPresent(operation::setRequestBody);
    }
  }

  @Override
  protected SortedSet<Integer> errorStatuses(HttpMethod method, Operation operation) {
    SortedSet<Integer> statuses = new TreeSet<>(List.of(400, 406, 411, 413, 500));
    if (operation.getParameters() != null) {
      statuses.addAll(List.of(404, 503));
    }
    if (operation.getSecurity() != null) {
      statuses.add(401);
    }
    if (method == HttpMethod.POST) {
      statuses.add(415);
    }
    if (method == HttpMethod.POST || method == HttpMethod.DELETE) {
      statuses.addAll(List.of(429, 503));
    }
    if (operation.getRequestBody() != null
        && operation.getRequestBody().getContent().hasMediaType("application/json")) {
      statuses.add(422);
    }
    return statuses;
  }

  @Override
  protected ErrorResponses errors(String path, int status) {
    return path.startsWith("/oauth2/") && !ALWAYS_PROBLEMS.contains(status)
        ? new ErrorResponses(
            OAUTH_ERROR, "application/json", any -> "The request is refused (RFC 6749).")
        : super.errors(path, status);
  }

  @Override
  protected void complete(Components components) {
    components
        .addSecurityScheme("pat", bearer("A personal access token, osmo_ and 34 characters."))
        .addSecurityScheme(
            "jwt", bearer("A JWT of this service, for its own audience.").bearerFormat("JWT"))
        .addSecurityScheme(
            "basic",
            http("basic", "A personal access token as the password. The user name is ignored."))
        .addSchema("Jwt", text().pattern("^[\\w-]+\\.[\\w-]+\\.[\\w-]+$").maxLength(6144))
        .addSchema("KeySet", object().addProperty("keys", keys()).addRequired("keys"))
        .addSchema(OAUTH_ERROR, oAuthError());
  }

  private static SecurityScheme bearer(String description) {
    return http("bearer", description);
  }

  private static SecurityScheme http(String scheme, String description) {
    return OASFactory.createSecurityScheme()
        .type(SecurityScheme.Type.HTTP)
        .scheme(scheme)
        .description(description);
  }

  /** RFC 7517 and RFC 7518, section 6.2.1. */
  private static Schema keys() {
    Schema key =
        object()
            .addProperty("kty", createSchema().constValue("EC"))
            .addProperty("crv", createSchema().constValue("P-256"))
            .addProperty("x", text())
            .addProperty("y", text())
            .addProperty("kid", text().description("The thumbprint of RFC 7638."))
            .addProperty("alg", createSchema().constValue("ES256"))
            .addProperty("use", createSchema().constValue("sig"));
    key.setRequired(List.copyOf(key.getProperties().keySet()));
    return createSchema().addType(SchemaType.ARRAY).minItems(1).items(key);
  }

  /** RFC 6749, section 5.2, with the codes that RFC 8693, RFC 8628, RFC 7009 and RFC 6750 add. */
  private static Schema oAuthError() {
    return object()
        .addProperty(
            "error",
            text()
                .enumeration(
                    List.of(
                        "invalid_request",
                        "invalid_grant",
                        "invalid_scope",
                        "invalid_target",
                        "invalid_token",
                        "invalid_client",
                        "unauthorized_client",
                        "access_denied",
                        "authorization_pending",
                        "slow_down",
                        "expired_token",
                        "unsupported_grant_type",
                        "unsupported_token_type",
                        "temporarily_unavailable",
                        "server_error")))
        .addProperty("error_description", text())
        .addProperty("problem", text().description("The name in the catalogue of problems."))
        .addProperty("denial", DenialSchema.schema())
        .required(List.of("error", "error_description", "problem"));
  }

  private static Schema object() {
    return createSchema().addType(SchemaType.OBJECT);
  }

  private static Schema text() {
    return createSchema().addType(SchemaType.STRING);
  }
}
