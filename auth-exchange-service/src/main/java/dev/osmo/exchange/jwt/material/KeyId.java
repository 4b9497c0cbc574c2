package dev.osmo.exchange.jwt.material;

/** The {@code kid} of a signing key: the RFC 7638 SHA-256 thumbprint of its public part. */
public record KeyId(String value) {

  @Override
  public String toString() {
    return value;
  }
}
