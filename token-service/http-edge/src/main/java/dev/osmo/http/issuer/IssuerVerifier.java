package dev.osmo.http.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the tokens of one issuer, with its keys only.
 *
 * <ol>
 *   <li>The algorithm is one that is configured for this issuer, and a signature is required.
 *   <li>The header {@code typ} is absent or {@code JWT}, so that an access token of another kind
 *       ({@code at+jwt}) or a security event is never accepted. An unknown {@code crit} is refused.
 *   <li>The token has exactly one audience, a subject, {@code iat} and {@code exp}: with a second
 *       audience, the other recipient could use the token here.
 *   <li>Times are not judged here, because only the database's clock decides.
 * </ol>
 */
final class IssuerVerifier {

  private static final int LONGEST = 512;

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  IssuerVerifier(TokenIssuer issuer, JWKSource<SecurityContext> keys) {
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, null));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            issuer.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet()),
            keys));
    processor.setJWTClaimsSetVerifier((claims, unused) -> require(claims, issuer));
  }

  /**
   * Verifies the signature and the claims.
   *
   * @throws BadJOSEException if the token is not acceptable
   * @throws JOSEException if the keys cannot be read, or the key cannot be used
   */
  VerifiedToken verify(SignedJWT token) throws BadJOSEException, JOSEException {
    JWTClaimsSet claims = processor.process(token, null);
    Instant issuedAt = claims.getIssueTime().toInstant();
    return new VerifiedToken(
        claims.getIssuer(),
        claims.getAudience().getFirst(),
        claims.getSubject(),
        orElse(claims.getNotBeforeTime(), issuedAt),
        issuedAt,
        claims.getExpirationTime().toInstant(),
        claims.getClaims());
  }

  private static Instant orElse(@Nullable Date time, Instant other) {
    return time == null ? other : time.toInstant();
  }

  private static void require(JWTClaimsSet claims, TokenIssuer issuer) throws BadJWTException {
    List<String> audience = claims.getAudience();
    if (!issuer.issuer().equals(claims.getIssuer())
        || audience.size() != 1
        || isUnusable(audience.getFirst())
        || isUnusable(claims.getSubject())
        || claims.getIssueTime() == null
        || claims.getExpirationTime() == null) {
      throw new BadJWTException("a claim is missing or has another value");
    }
  }

  private static boolean isUnusable(@Nullable String text) {
    return text == null || text.isBlank() || text.length() > LONGEST || text.indexOf('\0') >= 0;
  }
}
