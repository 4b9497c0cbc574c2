package dev.osmo.exchange.signin;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.osmo.exchange.provider.ProviderRefreshToken;
import java.util.UUID;

/**
 * The content of a refresh token.
 *
 * @param clientId the only client that may use it
 * @param issuedAt in seconds since 1970
 */
record RefreshGrant(
    @JsonProperty("sid") UUID sessionId,
    @JsonProperty("provider") String provider,
    @JsonProperty("client") String clientId,
    @JsonProperty("token") String providerToken,
    @JsonProperty("iat") long issuedAt) {

  ProviderRefreshToken token() {
    return new ProviderRefreshToken(providerToken);
  }

  @Override
  public String toString() {
    return "refresh grant of session " + sessionId;
  }
}
