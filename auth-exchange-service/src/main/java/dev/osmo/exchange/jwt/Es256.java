package dev.osmo.exchange.jwt;

import dev.osmo.exchange.jwt.material.KeyId;
import dev.osmo.exchange.jwt.material.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import org.jspecify.annotations.Nullable;

/**
 * Signs with ES256 (RFC 7518, section 3.4) through the first security provider that has it. Each
 * thread keeps its initialized {@link Signature}, because reading the private key takes longer than
 * signing.
 */
final class Es256 {

  /** The two numbers of the signature one after the other, without ASN.1. */
  private static final String ALGORITHM = "SHA256withECDSAinP1363Format";

  private static final ThreadLocal<@Nullable Signer> SIGNER = new ThreadLocal<>();

  private record Signer(KeyId key, Signature signature) {}

  private Es256() {}

  static byte[] sign(String text, SigningKey key) {
    try {
      Signature signature = signature(key);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      SIGNER.remove();
      throw new IllegalStateException("every JDK signs with ES256", e);
    }
  }

  private static Signature signature(SigningKey key) throws GeneralSecurityException {
    Signer signer = SIGNER.get();
    if (signer == null || !signer.key().equals(key.id())) {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key.privateKey());
      signer = new Signer(key.id(), signature);
      SIGNER.set(signer);
    }
    return signer.signature();
  }
}
