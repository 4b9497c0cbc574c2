package dev.osmo.exchange.provider;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The errors of a token endpoint that concern the person or the client's credential. Every other
 * error concerns the configuration of this system.
 */
public enum ProviderError {
  INVALID_GRANT,
  /** A malformed code, for example. */
  INVALID_REQUEST,
  ACCESS_DENIED,
  AUTHORIZATION_PENDING,
  SLOW_DOWN,
  EXPIRED_TOKEN;

  static Optional<ProviderError> of(String code) {
    return Arrays.stream(values())
        .filter(error -> error.name().toLowerCase(Locale.ROOT).equals(code))
        .findFirst();
  }
}
