package dev.osmo.token.bootstrap;

import dev.osmo.pat.PatText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Identifies a token file without storing its token: SHA-256 over a domain prefix and the text. */
record BootstrapDigest(String hex) {

  private static final byte[] DOMAIN = "osmo-bootstrap-token\0".getBytes(StandardCharsets.US_ASCII);

  static BootstrapDigest of(PatText token) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(DOMAIN);
      return new BootstrapDigest(HexFormat.of().formatHex(sha256.digest(token.bytes())));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "BootstrapDigest[***]";
  }
}
