package dev.osmo.client;

import dev.osmo.client.wire.Lifetime;

/**
 * A JWT of the exchange, to be sent as {@code Authorization: Bearer}.
 *
 * @param text secret until it expires
 */
public record Jwt(String text, Lifetime lifetime) {

  /** The value of the header {@code Authorization}. */
  public String authorization() {
    return "Bearer " + text;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Jwt[***, " + lifetime + "]";
  }
}
