package dev.osmo.exchange.jwt;

import java.time.Instant;

/** A JWT in its compact form. It is a credential, so {@code toString} does not print it. */
public record SignedJwt(String text, String jti, String kid, Instant expiresAt) {

  @Override
  public String toString() {
    return "jwt " + jti;
  }
}
