package dev.osmo.exchange.discovery;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.osmo.exchange.provider.ProviderMetadata;
import dev.osmo.http.issuer.IdentityProvider;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser or a device signs in. The first six members are those that OSMO's clients read;
 * they are null if no identity provider is configured.
 *
 * @param authorizationResponseIssParameterSupported whether the redirect always names the issuer,
 *     so that a client refuses one that does not (RFC 9207, section 2.4)
 * @param webClientId of our web page; often the same as {@code browserClientId}
 * @param scope what the browser requests from the identity provider
 * @param methods of {@code osmo login --method}, the preferred one first
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record LoginView(
    @Nullable String deviceEndpoint,
    @Nullable String deviceClientId,
    @Nullable String browserEndpoint,
    @Nullable String browserClientId,
    @Nullable String tokenEndpoint,
    @Nullable String logoutEndpoint,
    @Nullable String provider,
    @Nullable String displayName,
    @Nullable String issuer,
    boolean authorizationResponseIssParameterSupported,
    @Nullable String webClientId,
    @Nullable String scope,
    List<String> methods,
    List<ProviderView> providers) {

  /** A configured identity provider. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record ProviderView(String name, String displayName) {}

  static final LoginView WITHOUT_PROVIDER =
      new LoginView(
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          false,
          null,
          null,
          List.of("token"),
          List.of());

  static LoginView of(
      IdentityProvider provider,
      ProviderMetadata metadata,
      List<IdentityProvider> all,
      String ourIssuer) {
    OAuthAddresses ours = OAuthAddresses.of(ourIssuer);
    Optional<String> device =
        metadata.deviceAuthorizationEndpoint().flatMap(unused -> provider.clients().device());
    return new LoginView(
        device.map(unused -> ours.deviceAuthorization()).orElse(null),
        device.orElse(null),
        metadata.authorizationEndpoint().toString(),
        provider.clients().browser(),
        ours.token(),
        metadata.endSessionEndpoint().map(URI::toString).orElse(null),
        provider.name(),
        provider.displayName(),
        provider.issuer(),
        metadata.issuerInRedirect(),
        provider.clients().web(),
        String.join(" ", provider.scopes()),
        device.isPresent() ? List.of("pkce", "code", "token") : List.of("pkce", "token"),
        all.stream().map(each -> new ProviderView(each.name(), each.displayName())).toList());
  }
}
