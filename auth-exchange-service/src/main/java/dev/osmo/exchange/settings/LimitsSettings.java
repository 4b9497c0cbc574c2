package dev.osmo.exchange.settings;

import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Settings of the limits for each address and token. */
public interface LimitsSettings {

  /**
   * How many invalid tokens one address (IPv6: one /64) may send in a minute before the response is
   * 429; valid tokens are still accepted, one new token at a time.
   */
  @WithDefault("60")
  int failuresPerMinute();

  /**
   * How many requests of one address (IPv6: one /64) each replica sends to identity providers in a
   * minute, without those for a valid refresh token; beyond that the response is 429.
   */
  @WithDefault("120")
  int signInsPerMinute();

  /**
   * How many exchanges of one access token, or refreshes of one session, each replica allows in a
   * minute; beyond that the response is 429. As many sign-outs of one session are allowed beside.
   */
  @WithDefault("600")
  int exchangesPerMinute();

  /**
   * How many introspections each replica allows one credential in a minute; beyond that the
   * response is 429.
   */
  @WithDefault("6000")
  int introspectionsPerMinute();

  /** For how many addresses failures are counted at the same time. */
  @WithDefault("100000")
  int rememberedAddresses();

  /** For how many access tokens exchanges and introspections are counted at the same time. */
  @WithDefault("100000")
  int rememberedTokens();

  /**
   * The proxies in front of this service, as addresses or networks separated by commas; {@code
   * X-Forwarded-For} is trusted from these only.
   */
  Optional<List<String>> trustedProxies();
}
