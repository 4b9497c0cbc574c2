package dev.osmo.exchange.discovery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.osmo.exchange.oauth.TokenRequest;
import dev.osmo.exchange.oauth.TokenView;
import dev.osmo.exchange.provider.DeviceCode;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of this authorization server (RFC 8414, section 2).
 *
 * <p>The browser goes to an identity provider, so there is no authorization endpoint here. Without
 * one, RFC 8414 allows no grant that uses it, and {@code none} is the only response type: it must
 * not be empty. {@code /api/auth/login} shows where a code comes from. The last two members are for
 * clients that require them in OpenID Connect Discovery.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record MetadataView(
    @Schema(format = "uri") String issuer,
    @Schema(format = "uri") String tokenEndpoint,
    @Schema(format = "uri") String introspectionEndpoint,
    @Schema(format = "uri") String revocationEndpoint,
    @Schema(format = "uri") @Nullable String deviceAuthorizationEndpoint,
    @Schema(format = "uri") String jwksUri,
    List<String> grantTypesSupported,
    List<String> responseTypesSupported,
    List<String> tokenEndpointAuthMethodsSupported,
    List<String> introspectionEndpointAuthMethodsSupported,
    List<String> revocationEndpointAuthMethodsSupported,
    @Nullable List<String> subjectTypesSupported,
    @Nullable List<String> idTokenSigningAlgValuesSupported) {

  private static final List<String> NONE = List.of("none");

  private static final List<String> OF_PEOPLE =
      List.of(TokenRequest.GRANT_TYPE, DeviceCode.GRANT_TYPE, "refresh_token");

  /**
   * @param people whether people can sign in through an identity provider
   */
  static MetadataView ofAuthorizationServer(String issuer, boolean people) {
    return of(issuer, people, null, null);
  }

  static MetadataView ofOpenId(String issuer, boolean people) {
    return of(issuer, people, List.of("public"), List.of("ES256"));
  }

  private static MetadataView of(
      String issuer,
      boolean people,
      @Nullable List<String> subjectTypes,
      @Nullable List<String> algorithms) {
    OAuthAddresses addresses = OAuthAddresses.of(issuer);
    return new MetadataView(
        issuer,
        addresses.token(),
        addresses.introspection(),
        addresses.revocation(),
        people ? addresses.deviceAuthorization() : null,
        addresses.keys(),
        people ? OF_PEOPLE : List.of(TokenRequest.GRANT_TYPE),
        NONE,
        NONE,
        List.of(TokenView.BEARER, "client_secret_basic"),
        NONE,
        subjectTypes,
        algorithms);
  }
}
