package dev.osmo.exchange.jwt;

import dev.osmo.exchange.jwt.keys.SigningKeys;
import dev.osmo.exchange.jwt.material.SigningKey;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import jakarta.inject.Singleton;
import java.security.PublicKey;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwx.Headers;
import org.jose4j.lang.JoseException;

/**
 * Recognises the JWTs that were signed here, the way any verifier would: with the published keys.
 *
 * <ol>
 *   <li>ES256 and {@code typ: at+jwt} only, a {@code kid} that is published now, our issuer, every
 *       claim that we always set.
 *   <li>Says nothing about time and audience: the asker judges both, by the database's clock.
 *   <li>Whatever else is presented is nothing; why, nobody learns.
 * </ol>
 */
@Singleton
public class IssuedJwts {

  private static final String TYPE = "at+jwt";
  private static final AlgorithmConstraints ES256_ONLY =
      new AlgorithmConstraints(ConstraintType.PERMIT, SigningKey.ALGORITHM);

  private final SigningKeys keys;
  private final String issuer;
  private final int maxBytes;

  IssuedJwts(SigningKeys keys, AuthExchangeConfig config) {
    this.keys = keys;
    this.issuer = config.issuer();
    this.maxBytes = config.jwt().maxBytes();
  }

  public Optional<IssuedJwt> recognise(String text) {
    if (text.length() > maxBytes) {
      return Optional.empty();
    }
    try {
      JsonWebSignature signature = new JsonWebSignature();
      signature.setCompactSerialization(text);
      return isOneOfOurs(signature) ? issued(signature.getPayload()) : Optional.empty();
    } catch (JoseException
        | InvalidJwtException
        | MalformedClaimException
        | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean isOneOfOurs(JsonWebSignature signature) throws JoseException {
    Headers header = signature.getHeaders();
    Optional<PublicKey> key = keys.ring().published().find(header.getObjectHeaderValue("kid"));
    if (key.isEmpty()
        || !SigningKey.ALGORITHM.equals(header.getObjectHeaderValue("alg"))
        || !TYPE.equals(header.getObjectHeaderValue("typ"))
        || header.getObjectHeaderValue("crit") != null) {
      return false;
    }
    signature.setAlgorithmConstraints(ES256_ONLY);
    signature.setKey(key.get());
    return signature.verifySignature();
  }

  private Optional<IssuedJwt> issued(String payload)
      throws InvalidJwtException, MalformedClaimException {
    JwtClaims claims = JwtClaims.parse(payload);
    return issuer.equals(claims.getIssuer()) ? Optional.of(IssuedJwt.of(claims)) : Optional.empty();
  }
}
