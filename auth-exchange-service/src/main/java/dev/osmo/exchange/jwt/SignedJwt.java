package dev.osmo.exchange.jwt;

import java.time.Instant;

/** A JWT in its compact form. Whoever holds it may use it, so it is never printed. */
public record SignedJwt(String text, String jti, String kid, Instant expiresAt) {

  @Override
  public String toString() {
    return "jwt " + jti;
  }
}
