package dev.osmo.exchange.jwt;

import dev.osmo.exchange.jwt.material.SigningKey;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.util.Objects;
import org.eclipse.microprofile.jwt.Claims;

/** The JWT that SmallRye JWT's builder signs for the same facts. */
final class BuiltJwt {

  private BuiltJwt() {}

  static String sign(JwtSubject subject, String jti, SigningKey key, AuthExchangeConfig config) {
    long issuedAt = subject.issuedAt().getEpochSecond();
    return Jwt.claims()
        .issuer(config.issuer())
        .audience(Objects.requireNonNullElse(subject.audience(), config.audience()))
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
        .claim("client_id", subject.patId())
        .jws()
        .algorithm(SignatureAlgorithm.ES256)
        .keyId(key.id().value())
        .type(JwtSigner.TYPE)
        .sign(key.privateKey());
  }
}
