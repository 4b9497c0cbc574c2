package dev.osmo.exchange.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/**
 * What an ID token claims, to choose the provider and the client. token-service verifies it.
 *
 * @param issuer the claim {@code iss}
 * @param audience the only value of the claim {@code aud}
 */
record UnverifiedIdToken(String issuer, String audience) {

  private static final JsonMapper JSON = new JsonMapper();

  /** No provider needs more, and the body of a request may be larger. */
  private static final int LONGEST = 8192;

  /** Empty for a text that is no JWT with an issuer and exactly one audience. */
  static Optional<UnverifiedIdToken> read(String text) {
    String[] parts = text.split("\\.", -1);
    if (text.length() > LONGEST || parts.length != 3) {
      return Optional.empty();
    }
    try {
      JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
      JsonNode audience = claims.path("aud");
      JsonNode only = audience.isArray() && audience.size() == 1 ? audience.get(0) : audience;
      return claims.path("iss").isTextual() && only.isTextual()
          ? Optional.of(new UnverifiedIdToken(claims.path("iss").textValue(), only.textValue()))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
