package dev.osmo.exchange.exchange;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.osmo.exchange.jwt.SignedJwt;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** OSMO's response to an exchange: the JWT and its expiry in epoch seconds. */
record ExchangeView(
    @Schema(ref = "Jwt") String token,
    @Schema(description = "Seconds since 1970.") @JsonProperty("expires_at") long expiresAt) {

  static ExchangeView of(SignedJwt jwt) {
    return new ExchangeView(jwt.text(), jwt.expiresAt().getEpochSecond());
  }

  @Override
  public String toString() {
    return "exchange view";
  }
}
