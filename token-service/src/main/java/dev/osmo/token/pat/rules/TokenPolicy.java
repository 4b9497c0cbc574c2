package dev.osmo.token.pat.rules;

import dev.osmo.token.settings.TokenServiceSettings;
import java.time.Duration;

/** What the operator lets users ask of tokens. */
public record TokenPolicy(
    Duration maxLifetime, int maxLiveTokens, Duration defaultGrace, Duration maxGrace) {

  public static TokenPolicy of(TokenServiceSettings settings) {
    TokenServiceSettings.Policy policy = settings.policy();
    return new TokenPolicy(
        policy.maxLifetime(), policy.maxLiveTokens(), policy.defaultGrace(), policy.maxGrace());
  }

  /** The life of a token whose creator names none. */
  public Duration defaultLifetime() {
    Duration usual = Duration.ofDays(RequestedExpiry.DEFAULT_DAYS);
    return usual.compareTo(maxLifetime) < 0 ? usual : maxLifetime;
  }

  /** ISO 8601, in days when it is full days. */
  public static String written(Duration life) {
    return life.equals(Duration.ofDays(life.toDays()))
        ? "P" + life.toDays() + "D"
        : life.toString();
  }
}
