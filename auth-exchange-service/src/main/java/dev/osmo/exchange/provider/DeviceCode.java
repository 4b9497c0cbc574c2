package dev.osmo.exchange.provider;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The code of a device whose user signs in elsewhere (RFC 8628, section 3.4).
 *
 * @param verifier for providers that require PKCE for devices, too
 */
public record DeviceCode(String clientId, String code, Optional<String> verifier) {

  public static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code";

  Map<String, String> parameters() {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("grant_type", GRANT_TYPE);
    parameters.put("client_id", clientId);
    parameters.put("device_code", code);
    verifier.ifPresent(text -> parameters.put("code_verifier", text));
    return parameters;
  }

  @Override
  public String toString() {
    return "device code";
  }
}
