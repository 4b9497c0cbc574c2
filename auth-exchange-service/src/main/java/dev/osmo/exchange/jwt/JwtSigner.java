package dev.osmo.exchange.jwt;

import dev.osmo.exchange.jwt.keys.SigningKeys;
import dev.osmo.exchange.jwt.material.SigningKey;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.Claims;

/** Signs JWTs with SmallRye JWT. Header and claims: {@code src-docs/contracts/jwt.json}. */
@ApplicationScoped
public class JwtSigner {

  /** RFC 9068, section 2.1. */
  static final String TYPE = "at+jwt";

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

  /** The longest lifetime of a JWT. */
  public Duration ttl() {
    return ttl;
  }

  /** The signed JWT; empty when it would be longer than {@code auth-exchange.jwt.max-bytes}. */
  public Optional<SignedJwt> sign(JwtSubject subject) {
    String jti = UUID.randomUUID().toString();
    SigningKey key = keys.signing();
    String text = sign(claims(subject, jti), key);
    return text.length() > maxBytes
        ? Optional.empty()
        : Optional.of(new SignedJwt(text, jti, key.id().value(), subject.expiresAt()));
  }

  /** Sets every claim, so that the builder has no default to add. */
  private JwtClaimsBuilder claims(JwtSubject subject, String jti) {
    long issuedAt = subject.issuedAt().getEpochSecond();
    return Jwt.claims()
        .issuer(issuer)
        .audience(Objects.requireNonNullElse(subject.audience(), audience))
        .subject(subject.userId())
        .issuedAt(issuedAt)
        .claim(Claims.nbf.name(), issuedAt)
        .expiresAt(subject.expiresAt().getEpochSecond())
        .claim(Claims.jti, jti)
        .claim("roles", subject.roles())
        .claim("unique_name", subject.userId())
        .claim("name", subject.userId())
        .claim("osmo_token_name", subject.tokenName())
        .claim("pat_id", subject.patId())
        .claim("osmo_secret_id", subject.secretId().toString())
        .claim("client_id", subject.patId());
  }

  private static String sign(JwtClaimsBuilder claims, SigningKey key) {
    return claims
        .jws()
        .algorithm(SignatureAlgorithm.ES256)
        .keyId(key.id().value())
        .type(TYPE)
        .sign(key.privateKey());
  }
}
