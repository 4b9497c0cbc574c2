package dev.osmo.token.caller;

import dev.osmo.http.web.BearerCredential;
import dev.osmo.token.settings.TokenServiceSettings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;

/**
 * Verifies a JWT as RFC 9068 asks: ES256 and nothing else, {@code typ: at+jwt}, our issuer, our
 * audience, a {@code kid} that the exchange publishes, not before and not after its time.
 */
@ApplicationScoped
class JwtVerifier {

  private static final Logger LOG = Logger.getLogger(JwtVerifier.class);
  private static final int LEEWAY_SECONDS = 5;
  private static final AlgorithmConstraints ES256_ONLY =
      new AlgorithmConstraints(
          ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);

  private final TokenServiceSettings settings;
  private final ExchangeKeys keys;

  JwtVerifier(TokenServiceSettings settings, ExchangeKeys keys) {
    this.settings = settings;
    this.keys = keys;
  }

  /** The verified claims; fails with a refusal when there are none. */
  Uni<VerifiedClaims> verify(BearerCredential bearer) {
    return kidOf(bearer)
        .map(kid -> keys.find(kid).map(key -> verify(bearer, key)))
        .orElseGet(BearerRefusals.INVALID::toFailure);
  }

  /**
   * The header's {@code kid}, when this is a signature by the one algorithm at all. Nothing here is
   * trusted yet.
   */
  private static Optional<String> kidOf(BearerCredential bearer) {
    try {
      JsonWebStructure structure = JsonWebStructure.fromCompactSerialization(bearer.text());
      boolean es256 =
          structure instanceof JsonWebSignature
              && AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256.equals(
                  structure.getAlgorithmHeaderValue());
      return es256 ? Optional.ofNullable(structure.getKeyIdHeaderValue()) : Optional.empty();
    } catch (JoseException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private VerifiedClaims verify(BearerCredential bearer, Optional<PublicKey> key) {
    try {
      return claims(
          consumer(key.orElseThrow(BearerRefusals.INVALID::toException))
              .processToClaims(bearer.text()));
    } catch (InvalidJwtException | MalformedClaimException e) {
      LOG.debugf("JWT refused: reason=%s", e.getClass().getSimpleName());
      throw BearerRefusals.INVALID.toException();
    }
  }

  private JwtConsumer consumer(PublicKey key) {
    return new JwtConsumerBuilder()
        .setVerificationKey(key)
        .setJwsAlgorithmConstraints(ES256_ONLY)
        .setExpectedType(true, "at+jwt")
        .setExpectedIssuer(true, settings.issuer())
        .setExpectedAudience(true, settings.audience())
        .setRequireExpirationTime()
        .setRequireNotBefore()
        .setRequireIssuedAt()
        .setRequireSubject()
        .setRequireJwtId()
        .setAllowedClockSkewInSeconds(LEEWAY_SECONDS)
        .build();
  }

  private static VerifiedClaims claims(JwtClaims claims) throws MalformedClaimException {
    String patId = claims.getStringClaimValue("pat_id");
    List<String> roles = claims.getStringListClaimValue("roles");
    if (patId == null || !claims.hasClaim("roles")) {
      throw BearerRefusals.INVALID.toException();
    }
    return new VerifiedClaims(
        claims.getSubject(), patId, secretId(claims), claims.getJwtId(), Set.copyOf(roles));
  }

  private static Optional<UUID> secretId(JwtClaims claims) throws MalformedClaimException {
    String text = claims.getStringClaimValue("osmo_secret_id");
    try {
      return Optional.ofNullable(text).map(UUID::fromString);
    } catch (IllegalArgumentException e) {
      throw BearerRefusals.INVALID.toException();
    }
  }
}
