package dev.osmo.exchange.settings;

import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Room {@code limits}. */
public interface LimitsSettings {

  /**
   * How many invalid tokens a minute may come from one address (IPv6: one /64) before it is
   * answered 429; tokens that this replica has verified before are exchanged all the same.
   */
  @WithDefault("60")
  int failuresPerMinute();

  /** How many exchanges of one access token a minute each replica answers; beyond that, 429. */
  @WithDefault("600")
  int exchangesPerMinute();

  /** How many introspections a minute each replica answers to one token; beyond that, 429. */
  @WithDefault("6000")
  int introspectionsPerMinute();

  /** For how many addresses failures are counted at once. */
  @WithDefault("100000")
  int rememberedAddresses();

  /** For how many access tokens exchanges and introspections are counted at once. */
  @WithDefault("100000")
  int rememberedTokens();

  /**
   * The proxies in front of this service, as addresses or networks separated by commas; {@code
   * X-Forwarded-For} is believed from these only.
   */
  Optional<List<String>> trustedProxies();
}
