package dev.osmo.exchange.provider;

import java.util.Optional;

/** What a provider's token endpoint answered. */
public sealed interface ProviderAnswer {

  /**
   * The provider confirmed the person.
   *
   * @param idToken not verified
   * @param refreshToken empty if the provider gave none
   */
  record Tokens(IdToken idToken, Optional<ProviderRefreshToken> refreshToken)
      implements ProviderAnswer {}

  /** The provider confirmed the person but gave no ID token, so nobody else can verify that. */
  record NoIdToken() implements ProviderAnswer {}

  record Refused(ProviderError error) implements ProviderAnswer {}

  /** No usable answer: the provider is away, or does not accept the requests of this system. */
  record Unavailable() implements ProviderAnswer {}
}
