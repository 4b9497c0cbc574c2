package dev.osmo.exchange.jwt;

import dev.osmo.exchange.jwt.keys.SigningKeys;
import dev.osmo.exchange.jwt.material.SigningKey;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * Signs what room {@code exchange} decided. Shape and claims: {@code src-docs/contracts/jwt.json}.
 */
@Singleton
public class JwtSigner {

  private static final String TYPE = "at+jwt";

  private final SigningKeys keys;
  private final String issuer;
  private final String audience;
  private final int maxBytes;
  private final Duration ttl;

  JwtSigner(SigningKeys keys, AuthExchangeConfig config) {
    this.keys = keys;
    this.issuer = config.issuer();
    this.audience = config.audience();
    this.maxBytes = config.jwt().maxBytes();
    this.ttl = config.jwt().ttl();
  }

  /** The longest life of a JWT. */
  public Duration ttl() {
    return ttl;
  }

  /** The signed JWT, or nothing when it would be longer than a header may be. */
  public Optional<SignedJwt> sign(JwtSubject subject) {
    String jti = UUID.randomUUID().toString();
    SigningKey key = keys.signing();
    String text = sign(claims(subject, jti), key);
    return text.length() > maxBytes
        ? Optional.empty()
        : Optional.of(new SignedJwt(text, jti, key.id().value(), subject.expiresAt()));
  }

  private JwtClaims claims(JwtSubject subject, String jti) {
    NumericDate issuedAt = NumericDate.fromSeconds(subject.issuedAt().getEpochSecond());
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setAudience(Objects.requireNonNullElse(subject.audience(), audience));
    claims.setSubject(subject.userId());
    claims.setIssuedAt(issuedAt);
    claims.setNotBefore(issuedAt);
    claims.setExpirationTime(NumericDate.fromSeconds(subject.expiresAt().getEpochSecond()));
    claims.setJwtId(jti);
    claims.setStringListClaim("roles", subject.roles());
    claims.setClaim("unique_name", subject.userId());
    claims.setClaim("name", subject.userId());
    claims.setClaim("osmo_token_name", subject.tokenName());
    claims.setClaim("pat_id", subject.patId());
    claims.setClaim("osmo_secret_id", subject.secretId().toString());
    claims.setClaim("client_id", subject.patId());
    return claims;
  }

  private static String sign(JwtClaims claims, SigningKey key) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(SigningKey.ALGORITHM);
    signature.setKeyIdHeaderValue(key.id().value());
    signature.setHeader("typ", TYPE);
    signature.setPayload(claims.toJson());
    signature.setKey(key.privateKey());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("a JWT could not be signed", e);
    }
  }
}
