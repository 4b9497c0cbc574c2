package dev.osmo.token.pat.rules;

import dev.osmo.token.settings.TokenServiceSettings;
import java.time.Duration;

/** The operator's limits on tokens. */
public record TokenPolicy(
    Duration maxLifetime,
    int maxLiveTokens,
    int maxTokens,
    Duration defaultGrace,
    Duration maxGrace) {

  public static TokenPolicy of(TokenServiceSettings settings) {
    TokenServiceSettings.Policy policy = settings.policy();
    return new TokenPolicy(
        policy.maxLifetime(),
        policy.maxLiveTokens(),
        policy.maxTokens(),
        policy.defaultGrace(),
        policy.maxGrace());
  }

  /** The lifetime of a token whose request names none. */
  public Duration defaultLifetime() {
    Duration standard = Duration.ofDays(RequestedExpiry.DEFAULT_DAYS);
    return standard.compareTo(maxLifetime) < 0 ? standard : maxLifetime;
  }

  /** ISO 8601, in days when the duration is whole days. */
  public static String iso(Duration lifetime) {
    return lifetime.equals(Duration.ofDays(lifetime.toDays()))
        ? "P" + lifetime.toDays() + "D"
        : lifetime.toString();
  }
}
