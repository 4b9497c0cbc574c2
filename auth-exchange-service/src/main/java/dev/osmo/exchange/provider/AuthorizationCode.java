package dev.osmo.exchange.provider;

import java.util.Map;

/**
 * What a client received from the provider through the browser, and what proves that it is the
 * client that sent the browser there (RFC 7636).
 */
public record AuthorizationCode(String clientId, String code, String redirectUri, String verifier) {

  Map<String, String> parameters() {
    return Map.of(
        "grant_type", "authorization_code",
        "client_id", clientId,
        "code", code,
        "redirect_uri", redirectUri,
        "code_verifier", verifier);
  }

  @Override
  public String toString() {
    return "authorization code";
  }
}
