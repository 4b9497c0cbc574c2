package dev.osmo.client.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The credential that is exchanged, as RFC 8693 names it.
 *
 * @param parameters the form parameters that present it; secret
 */
public record SubjectToken(Map<String, String> parameters) {
  private static final String TOKEN = "subject_token";
  private static final String TYPE = "subject_token_type";

  public SubjectToken {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** A personal access token. */
  public static SubjectToken accessToken(String text) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put(TYPE, "urn:osmo:params:oauth:token-type:pat");
    parameters.put(TOKEN, text);
    return new SubjectToken(parameters);
  }

  /**
   * The OpenID Connect token of a workload.
   *
   * @param pat the access token that trusts the workload: its id, or {@code OWNER/NAME}
   */
  public static SubjectToken workload(String text, String pat) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put(TYPE, "urn:ietf:params:oauth:token-type:id_token");
    parameters.put(TOKEN, text);
    parameters.put("osmo_pat", pat);
    return new SubjectToken(parameters);
  }

  /** The secret itself. */
  public String text() {
    return String.valueOf(parameters.get(TOKEN));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "SubjectToken[***]";
  }
}
