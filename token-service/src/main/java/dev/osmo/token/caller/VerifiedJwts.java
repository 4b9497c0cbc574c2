package dev.osmo.token.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.osmo.http.web.BearerCredential;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The claims of JWTs that were verified recently, by the SHA-256 of their texts: a client sends the
 * same JWT many times, and one verification is enough.
 *
 * <ol>
 *   <li>Only verified JWTs are kept, and only so many, so nobody without one uses memory.
 *   <li>An entry is valid only for the keys that verified it. When a key is withdrawn or the keys
 *       are stale, the JWT is verified again.
 *   <li>An entry authorises nothing. {@link CurrentPermissions} judges the times of the JWT and
 *       reads its permissions for every request.
 * </ol>
 */
@ApplicationScoped
class VerifiedJwts {

  private static final int MOST = 10_000;
  private static final Duration KEPT = Duration.ofMinutes(5);

  private record Verified(KeySet keys, VerifiedClaims claims) {}

  private final Cache<String, Verified> verified =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfterWrite(KEPT)
          .executor(Runnable::run)
          .build();

  /** The claims of a JWT that these keys have verified. */
  Optional<VerifiedClaims> find(BearerCredential bearer, KeySet trusted) {
    return Optional.ofNullable(verified.getIfPresent(digest(bearer)))
        .filter(entry -> entry.keys().equals(trusted))
        .map(Verified::claims);
  }

  void remember(BearerCredential bearer, KeySet verifiedWith, VerifiedClaims claims) {
    verified.put(digest(bearer), new Verified(verifiedWith, claims));
  }

  private static String digest(BearerCredential bearer) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(bearer.text().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
