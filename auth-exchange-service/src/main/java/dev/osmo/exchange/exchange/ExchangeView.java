package dev.osmo.exchange.exchange;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.osmo.exchange.jwt.SignedJwt;

/** OSMO's response to an exchange: the JWT and its expiry in epoch seconds. */
record ExchangeView(String token, @JsonProperty("expires_at") long expiresAt) {

  static ExchangeView of(SignedJwt jwt) {
    return new ExchangeView(jwt.text(), jwt.expiresAt().getEpochSecond());
  }

  @Override
  public String toString() {
    return "exchange view";
  }
}
