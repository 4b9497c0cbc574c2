package dev.osmo.exchange.jwt.material;

import io.vertx.core.buffer.Buffer;
import java.security.PrivateKey;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.Use;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.HashUtil;
import org.jose4j.lang.JoseException;

/** A signing key: its id and its decrypted private key, which never leaves package {@code jwt}. */
public record SigningKey(KeyId id, PrivateKey privateKey) {

  public static final String ALGORITHM = AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;

  /** A new P-256 key: the public key as a JWK, the private key encrypted for the database. */
  public static SealedKey generate(KeyEncryptionKey keyEncryptionKey) {
    try {
      EllipticCurveJsonWebKey pair = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      KeyId id = new KeyId(pair.calculateBase64urlEncodedThumbprint(HashUtil.SHA_256));
      pair.setKeyId(id.value());
      pair.setAlgorithm(ALGORITHM);
      pair.setUse(Use.SIGNATURE);
      return new SealedKey(
          id,
          pair.toJson(OutputControlLevel.PUBLIC_ONLY),
          Buffer.buffer(keyEncryptionKey.seal(id, pair.getPrivateKey())));
    } catch (JoseException e) {
      throw new IllegalStateException("every JDK generates P-256 keys", e);
    }
  }

  @Override
  public String toString() {
    return "signing key " + id;
  }
}
