package dev.osmo.exchange.provider;

/** An ID token, not verified. It is a credential, so {@code toString} does not print it. */
public record IdToken(String text) {

  @Override
  public String toString() {
    return "ID token";
  }
}
