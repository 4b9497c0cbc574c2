package dev.osmo.token.testing;

import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** An EC key like those of the exchange. */
public record SigningKey(EllipticCurveJsonWebKey jwk) {

  public static SigningKey make() {
    try {
      EllipticCurveJsonWebKey jwk = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      jwk.setKeyId(jwk.calculateBase64urlEncodedThumbprint("SHA-256"));
      jwk.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
      jwk.setUse("sig");
      return new SigningKey(jwk);
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Another key with this {@code kid}. */
  public static SigningKey make(String kid) {
    SigningKey key = make();
    key.jwk().setKeyId(kid);
    return key;
  }

  public String publicJwk() {
    return jwk.toJson(OutputControlLevel.PUBLIC_ONLY);
  }
}
