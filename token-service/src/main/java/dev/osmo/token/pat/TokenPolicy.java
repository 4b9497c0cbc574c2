package dev.osmo.token.pat;

import dev.osmo.token.settings.TokenServiceSettings;
import java.time.Duration;

/** What the operator lets users ask of tokens. */
record TokenPolicy(
    Duration maxLifetime, int maxLiveTokens, Duration defaultGrace, Duration maxGrace) {

  static TokenPolicy of(TokenServiceSettings settings) {
    TokenServiceSettings.Policy policy = settings.policy();
    return new TokenPolicy(
        policy.maxLifetime(), policy.maxLiveTokens(), policy.defaultGrace(), policy.maxGrace());
  }
}
