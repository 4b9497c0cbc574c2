package dev.osmo.exchange.discovery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.osmo.exchange.oauth.TokenRequest;
import dev.osmo.exchange.oauth.TokenView;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of this authorization server (RFC 8414, section 2).
 *
 * <p>There is no sign-in through a browser, so there is no authorization endpoint and no response
 * type. The last two members are for clients that require them in OpenID Connect Discovery.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record MetadataView(
    @Schema(format = "uri") String issuer,
    @Schema(format = "uri") String tokenEndpoint,
    @Schema(format = "uri") String introspectionEndpoint,
    @Schema(format = "uri") String revocationEndpoint,
    @Schema(format = "uri") String jwksUri,
    List<String> grantTypesSupported,
    List<String> responseTypesSupported,
    List<String> tokenEndpointAuthMethodsSupported,
    List<String> introspectionEndpointAuthMethodsSupported,
    List<String> revocationEndpointAuthMethodsSupported,
    @Nullable List<String> subjectTypesSupported,
    @Nullable List<String> idTokenSigningAlgValuesSupported) {

  private static final List<String> NONE = List.of("none");

  static MetadataView ofAuthorizationServer(String issuer) {
    return of(issuer, null, null);
  }

  static MetadataView ofOpenId(String issuer) {
    return of(issuer, List.of("public"), List.of("ES256"));
  }

  private static MetadataView of(
      String issuer, @Nullable List<String> subjectTypes, @Nullable List<String> algorithms) {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return new MetadataView(
        issuer,
        base + "/oauth2/token",
        base + "/oauth2/introspect",
        base + "/oauth2/revoke",
        base + "/.well-known/jwks.json",
        List.of(TokenRequest.GRANT_TYPE),
        List.of(),
        NONE,
        List.of(TokenView.BEARER, "client_secret_basic"),
        NONE,
        subjectTypes,
        algorithms);
  }
}
