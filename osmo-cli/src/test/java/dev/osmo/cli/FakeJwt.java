package dev.osmo.cli;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** JWTs for a client, which only reads the claims. */
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
