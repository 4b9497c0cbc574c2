package dev.osmo.exchange.signin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.osmo.exchange.jwt.material.RefreshTokenKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;

/**
 * Seals refresh tokens. They are not stored: each one contains the provider's refresh token,
 * encrypted. A client can neither read nor change it, and it is useless without the session.
 */
@ApplicationScoped
class RefreshTokens {

  private static final JsonMapper JSON = new JsonMapper();

  private final RefreshTokenKey key;

  RefreshTokens(RefreshTokenKey key) {
    this.key = key;
  }

  /** Empty if the provider's refresh token is so long that no client could send it back. */
  Optional<RefreshToken> seal(RefreshGrant grant) {
    try {
      return Optional.of(RefreshToken.of(key.seal(JSON.writeValueAsBytes(grant))))
          .filter(RefreshToken::isShortEnough);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of texts is always JSON", e);
    }
  }

  /** Empty for a text that was not sealed here, was changed, or is of another key file. */
  Optional<RefreshGrant> open(RefreshToken token) {
    return token.sealed().flatMap(key::open).map(RefreshTokens::grant);
  }

  private static RefreshGrant grant(byte[] content) {
    try {
      return JSON.readValue(content, RefreshGrant.class);
    } catch (IOException e) {
      throw new IllegalStateException("the content is authentic and cannot be parsed", e);
    }
  }
}
