package dev.osmo.exchange.signin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.exchange.provider.IdToken;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks token-service to verify an ID token and to keep a session for it.
 *
 * @param clientId the client for which the provider issued the ID token
 * @param nonce what the client sent to the provider, if it did
 * @param sessionId the session to renew; empty for a new one
 */
record SessionRequest(
    IdToken idToken, String clientId, Optional<String> nonce, Optional<UUID> sessionId) {

  ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id_token", idToken.text())
        .put("client_id", clientId)
        .put("nonce", nonce.orElse(null))
        .put("session_id", sessionId.map(UUID::toString).orElse(null));
  }

  @Override
  public String toString() {
    return "session request";
  }
}
