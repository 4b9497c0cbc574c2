package dev.osmo.exchange.jwt.keys;

/** The database has no active signing key that this key file decrypts. */
public final class NoSigningKey extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoSigningKey() {
    super("there is no active signing key that this key file decrypts");
  }
}
