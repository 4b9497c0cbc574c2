package dev.osmo.exchange.exchange;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The body of an exchange: untrusted text presented as an access token. */
record ExchangeRequest(@JsonProperty(required = true) String token) {

  ExchangeRequest {
    if (token == null) {
      throw new IllegalArgumentException("a token is required");
    }
  }

  @Override
  public String toString() {
    return "exchange request";
  }
}
