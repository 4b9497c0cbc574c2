package dev.osmo.exchange.jwt;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a JWT was issued for: an access token or the session of a person who signed in. */
public sealed interface JwtOrigin {

  /**
   * One of the secrets of an access token, or its trust in a workload.
   *
   * @param secretId which of them was exchanged
   */
  record OfPat(String patId, UUID secretId, String tokenName) implements JwtOrigin {}

  /**
   * A session.
   *
   * @param clientId the client through which the person signed in
   * @param displayName null if the provider gave none
   */
  record OfSession(UUID sessionId, String clientId, @Nullable String displayName)
      implements JwtOrigin {}
}
