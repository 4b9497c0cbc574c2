package dev.osmo.exchange.oauth;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a form (RFC 6749, section 3.2): each at most once, those without a value as if
 * they were not there, unknown ones harmless. Holds credentials, so it is never printed.
 */
public record OAuthForm(Map<String, String> parameters) {

  public OAuthForm {
    parameters = Map.copyOf(parameters);
  }

  /** The form of this body, or nothing when it is not one. */
  public static Optional<OAuthForm> read(String body) {
    Map<String, String> parameters = new HashMap<>();
    try {
      for (String pair : body.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
        if (parameters.put(name, value) != null) {
          return Optional.empty();
        }
      }
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.of(new OAuthForm(parameters));
  }

  public Optional<String> value(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  boolean has(String name) {
    return value(name).isPresent();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "form …";
  }
}
