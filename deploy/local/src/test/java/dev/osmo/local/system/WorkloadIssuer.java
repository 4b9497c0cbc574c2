package dev.osmo.local.system;

import dev.osmo.local.folder.DataFolder;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** An issuer of workload tokens whose keys are in a file. Uses only the JDK, like a stranger. */
final class WorkloadIssuer {
  private static final String ISSUER = "https://ci.example.com";
  private static final String AUDIENCE = "osmo-test";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final KeyPair keys;

  private WorkloadIssuer(KeyPair keys) {
    this.keys = keys;
  }

  /** Makes the next start of the stack trust a new issuer with the name {@code test-ci}. */
  static WorkloadIssuer trustedBy(DataFolder folder) throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      WorkloadIssuer issuer = new WorkloadIssuer(generator.generateKeyPair());
      Path keySet = folder.root().resolve("test-ci-keys.json");
      Files.writeString(keySet, issuer.keySet());
      JsonObject entry =
          new JsonObject()
              .put("name", "test-ci")
              .put("issuer", ISSUER)
              .put("audience", AUDIENCE)
              .put("keys", keySet.toString());
      Files.writeString(
          folder.trustedIssuers(), new JsonObject(Map.of("issuers", List.of(entry))).encode());
      return issuer;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  /** A token that expires in ten minutes. */
  String tokenOf(String subject) {
    long now = Instant.now().getEpochSecond();
    JsonObject claims =
        new JsonObject()
            .put("iss", ISSUER)
            .put("aud", AUDIENCE)
            .put("sub", subject)
            .put("iat", now)
            .put("exp", now + 600);
    String input =
        part(new JsonObject().put("alg", "RS256").put("kid", "1").encode())
            + "."
            + part(claims.encode());
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  private String keySet() {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    JsonObject jwk =
        new JsonObject()
            .put("kty", "RSA")
            .put("kid", "1")
            .put("use", "sig")
            .put("n", number(key.getModulus()))
            .put("e", number(key.getPublicExponent()));
    return new JsonObject(Map.of("keys", List.of(jwk))).encode();
  }

  private static String number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    return BASE64.encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
  }

  private static String part(String json) {
    return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
