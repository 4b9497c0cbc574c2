package dev.osmo.exchange.provider;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request for a device code (RFC 8628, section 3.1).
 *
 * @param challenge for providers that require PKCE for devices, too
 */
public record DeviceRequest(String clientId, Optional<String> challenge, Optional<String> method) {

  Map<String, String> parameters(List<String> scopes) {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("client_id", clientId);
    parameters.put("scope", String.join(" ", scopes));
    challenge.ifPresent(text -> parameters.put("code_challenge", text));
    method.ifPresent(text -> parameters.put("code_challenge_method", text));
    return parameters;
  }
}
