package dev.osmo.cli;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** JWTs as a client sees them: three parts, of which only the claims are read. */
final class FakeJwt {
  private FakeJwt() {}

  static String livingFor(long seconds, String distinctly) {
    long issued = System.currentTimeMillis() / 1000;
    return withClaims(
        """
        {"iss":"http://localhost","aud":"osmo","iat":%d,"exp":%d,"jti":"%s","name":"user@example.com"}
        """
            .formatted(issued, issued + seconds, distinctly));
  }

  static String withClaims(String claims) {
    return part("{\"alg\":\"ES256\",\"typ\":\"at+jwt\"}")
        + "."
        + part(claims)
        + "."
        + part("signature");
  }

  private static String part(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
