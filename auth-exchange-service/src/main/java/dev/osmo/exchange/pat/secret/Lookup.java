package dev.osmo.exchange.pat.secret;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;

/** The keyed digest by which a secret is found: HMAC-SHA-256 of the token under one pepper. */
public record Lookup(Buffer bytes) {

  private static final int LENGTH = 32;

  public Lookup {
    if (bytes.length() != LENGTH) {
      throw new IllegalArgumentException("a lookup has 32 bytes");
    }
  }

  public static Lookup of(byte[] digest) {
    return new Lookup(Buffer.buffer(digest));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Lookup that
        && MessageDigest.isEqual(bytes.getBytes(), that.bytes.getBytes());
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  @Override
  public String toString() {
    return "lookup …";
  }
}
