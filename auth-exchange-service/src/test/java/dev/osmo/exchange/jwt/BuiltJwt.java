package dev.osmo.exchange.jwt;

import dev.osmo.exchange.jwt.JwtOrigin.OfPat;
import dev.osmo.exchange.jwt.JwtOrigin.OfSession;
import dev.osmo.exchange.jwt.material.SigningKey;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.util.Objects;
import org.eclipse.microprofile.jwt.Claims;

/** The JWT that SmallRye JWT's builder signs for the same facts. */
final class BuiltJwt {

  private BuiltJwt() {}

  static String sign(JwtSubject subject, String jti, SigningKey key, AuthExchangeConfig config) {
    long issuedAt = subject.issuedAt().getEpochSecond();
    JwtClaimsBuilder claims =
        Jwt.claims()
            .issuer(config.issuer())
            .audience(Objects.requireNonNullElse(subject.audience(), config.audience()))
            .subject(subject.userId())
            .issuedAt(issuedAt)
            .claim(Claims.nbf.name(), issuedAt)
            .expiresAt(subject.expiresAt().getEpochSecond())
            .claim(Claims.jti, jti)
            .claim("roles", subject.roles())
            .claim("unique_name", subject.userId());
    return origin(claims, subject)
        .jws()
        .algorithm(SignatureAlgorithm.ES256)
        .keyId(key.id().value())
        .type(JwtSigner.TYPE)
        .sign(key.privateKey());
  }

  private static JwtClaimsBuilder origin(JwtClaimsBuilder claims, JwtSubject subject) {
    return switch (subject.origin()) {
      case OfPat(var patId, var secretId, var tokenName) ->
          claims
              .claim("name", subject.userId())
              .claim("osmo_token_name", tokenName)
              .claim("pat_id", patId)
              .claim("osmo_secret_id", secretId.toString())
              .claim("client_id", patId);
      case OfSession(var sessionId, var clientId, var displayName) ->
          claims
              .claim("name", Objects.requireNonNullElse(displayName, subject.userId()))
              .claim("sid", sessionId.toString())
              .claim("client_id", clientId);
    };
  }
}
