package dev.osmo.exchange.jwt.keys;

/** No key in the database signs that was made under this key file. */
public final class NoSigningKey extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoSigningKey() {
    super("there is no active signing key that opens under this key file");
  }
}
