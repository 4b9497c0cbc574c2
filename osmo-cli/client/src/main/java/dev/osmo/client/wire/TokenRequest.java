package dev.osmo.client.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request to the token endpoint for a JWT (RFC 8693). Repeating it changes nothing.
 *
 * @param audience empty: the audience of osmo itself
 * @param roles empty: all roles of the access token
 */
public record TokenRequest(SubjectToken subject, Optional<String> audience, List<String> roles) {
  /** The type of {@link #form}. */
  public static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

  public TokenRequest {
    roles = List.copyOf(roles);
  }

  /** The body of the request. */
  public String form() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
    all.putAll(subject.parameters());
    audience.ifPresent(name -> all.put("audience", name));
    if (!roles.isEmpty()) {
      all.put("scope", String.join(" ", roles));
    }
    return form(all);
  }

  /** These parameters as a form (RFC 6749, appendix B). */
  public static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> each.getKey() + "=" + encoded(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
