package dev.osmo.exchange.provider;

import dev.osmo.exchange.outgoing.Answer.Json;
import dev.osmo.http.issuer.TrustedIssuer;
import java.net.URI;
import java.util.Optional;

/**
 * The addresses of a provider, from its discovery document.
 *
 * @param issuerInRedirect whether every redirect to a client names the issuer (RFC 9207)
 */
public record ProviderMetadata(
    URI authorizationEndpoint,
    URI tokenEndpoint,
    Optional<URI> deviceAuthorizationEndpoint,
    Optional<URI> revocationEndpoint,
    Optional<URI> endSessionEndpoint,
    boolean issuerInRedirect) {

  /**
   * Reads the document. Empty if it is not that of exactly this issuer (OpenID Connect Discovery
   * 1.0, section 4.3), or if a required address is missing or not safe.
   */
  static Optional<ProviderMetadata> read(Json document, String issuer) {
    Optional<URI> authorization = address(document, "authorization_endpoint");
    Optional<URI> token = address(document, "token_endpoint");
    return document.status() == 200
            && document.text("issuer").filter(issuer::equals).isPresent()
            && authorization.isPresent()
            && token.isPresent()
        ? Optional.of(
            new ProviderMetadata(
                authorization.get(),
                token.get(),
                address(document, "device_authorization_endpoint"),
                address(document, "revocation_endpoint"),
                address(document, "end_session_endpoint"),
                document
                    .body()
                    .path("authorization_response_iss_parameter_supported")
                    .asBoolean(false)))
        : Optional.empty();
  }

  private static Optional<URI> address(Json document, String member) {
    return document.text(member).filter(TrustedIssuer::isEndpoint).map(URI::create);
  }
}
