package dev.osmo.client.verify;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.osmo.client.OsmoHttpClient;
import dev.osmo.client.verify.RefusedJwtException.Reason;
import dev.osmo.client.wire.TokenRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Asks osmo what a JWT may do now (RFC 7662). */
record Introspection(URI endpoint, OsmoHttpClient client, Duration timeout) {
  private static final int OK = 200;
  private static final int LARGEST_RESPONSE = 64 * 1024;

  /**
   * The JWT with the roles of this moment.
   *
   * @throws RefusedJwtException if it is not active
   * @throws IOException if osmo does not answer, so that nobody knows
   */
  VerifiedJwt now(String text, VerifiedJwt jwt)
      throws RefusedJwtException, IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(timeout)
            .header("Content-Type", TokenRequest.MEDIA_TYPE)
            .POST(BodyPublishers.ofString(TokenRequest.form(Map.of("token", text))))
            .build();
    HttpResponse<String> response = client.send(request, timeout, LARGEST_RESPONSE);
    if (response.statusCode() != OK) {
      throw new IOException("introspection answered " + response.statusCode());
    }
    Map<String, Object> members = members(response.body());
    if (!Boolean.TRUE.equals(members.get("active"))) {
      throw new RefusedJwtException(Reason.REVOKED, "The JWT is not active any more");
    }
    if (members.get("scope") instanceof String scope && !scope.isBlank()) {
      return jwt.withRoles(Set.of(scope.split(" ", -1)));
    }
    throw new RefusedJwtException(Reason.REVOKED, "The JWT has no role any more");
  }

  private static Map<String, Object> members(String body) throws IOException {
    Map<String, Object> members;
    try {
      members = JSONObjectUtils.parse(body);
    } catch (ParseException malformed) {
      throw new IOException("introspection answered no JSON", malformed);
    }
    // The text "null" is parsed to null.
    if (members == null) {
      throw new IOException("introspection answered no JSON object");
    }
    return members;
  }
}
