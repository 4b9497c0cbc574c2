package dev.osmo.exchange.provider;

/** A provider's refresh token. No client of this system ever has one, and no log does. */
public record ProviderRefreshToken(String text) {

  @Override
  public String toString() {
    return "refresh token of a provider";
  }
}
