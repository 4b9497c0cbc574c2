package dev.osmo.devprovider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** Signs ID tokens with RS256. The key is new at each start. */
final class IdTokens {
  private final String issuer;
  private final Duration life;
  private final RSAKey key;

  IdTokens(String issuer, Duration life) {
    this.issuer = issuer;
    this.life = life;
    try {
      this.key =
          new RSAKeyGenerator(2048)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .keyIDFromThumbprint(true)
              .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  /** The public keys. */
  JWKSet keySet() {
    return new JWKSet(key.toPublicJWK());
  }

  SignedJWT sign(SignIn signIn, DevUser user, Instant now) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .subject(user.subject())
            .audience(signIn.client().getValue())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(life)))
            .claim("auth_time", signIn.at().getEpochSecond())
            .claim("preferred_username", user.name())
            .claim("email", user.name())
            .claim("groups", user.groups());
    if (signIn.nonce() != null) {
      claims.claim("nonce", signIn.nonce().getValue());
    }
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
              claims.build());
      token.sign(new RSASSASigner(key));
      return token;
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot sign with a key of our own", e);
    }
  }
}
