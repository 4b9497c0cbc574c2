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
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the tokens of one issuer, with its keys only.
 *
 * <ol>
 *   <li>The algorithm is one that is configured for this issuer, and a signature is required.
 *   <li>The header {@code typ} is absent or {@code JWT}, so that an access token of another kind
 *       ({@code at+jwt}) or a security event is never accepted. Of a transmitter of events, it is
 *       {@code secevent+jwt}. An unknown {@code crit} is refused.
 *   <li>The token has exactly one audience and {@code iat}, and unless it is a security event, a
 *       subject and {@code exp}: with a second audience, the other recipient could use the token
 *       here.
 *   <li>Times are not judged here, because only the database's clock decides.
 * </ol>
 */
final class IssuerVerifier {

  private static final int LONGEST = 512;

  /** RFC 8417, section 2.3. */
  private static final JOSEObjectType SECURITY_EVENT = new JOSEObjectType("secevent+jwt");

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  IssuerVerifier(TokenIssuer issuer, JWKSource<SecurityContext> keys) {
    processor.setJWSTypeVerifier(types(issuer));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            issuer.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet()),
            keys));
    processor.setJWTClaimsSetVerifier((claims, unused) -> require(claims, issuer));
  }

  private static DefaultJOSEObjectTypeVerifier<SecurityContext> types(TokenIssuer issuer) {
    return switch (issuer) {
      case EventTransmitter ignored -> new DefaultJOSEObjectTypeVerifier<>(SECURITY_EVENT);
      case TrustedIssuer ignored -> new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, null);
      case IdentityProvider ignored ->
          new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, null);
    };
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
        Objects.requireNonNullElse(claims.getSubject(), ""),
        orElse(claims.getNotBeforeTime(), issuedAt),
        issuedAt,
        orElse(claims.getExpirationTime(), Instant.MAX),
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
        || claims.getIssueTime() == null
        || !(issuer instanceof EventTransmitter || isBounded(claims))) {
      throw new BadJWTException("a claim is missing or has another value");
    }
  }

  /** A security event names its account elsewhere, and stays true. */
  private static boolean isBounded(JWTClaimsSet claims) {
    return !isUnusable(claims.getSubject()) && claims.getExpirationTime() != null;
  }

  private static boolean isUnusable(@Nullable String text) {
    return text == null || text.isBlank() || text.length() > LONGEST || text.indexOf('\0') >= 0;
  }
}
