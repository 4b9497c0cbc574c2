package dev.osmo.exchange.settings;

import static java.util.Map.entry;

import dev.osmo.http.authority.AuthorityFile;
import dev.osmo.http.start.SettingRules;
import dev.osmo.postgres.CommitLease;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;

/**
 * Stops the start if a setting has a value that cannot work, with a message that names the setting.
 * A check that concerns only one package is in that package.
 */
@ApplicationScoped
class SettingsCheck {

  /** Before any bean reads a setting. */
  private static final int FIRST_FILTER_PRIORITY = 1;

  private static final SettingRules RULES = new SettingRules("auth-exchange");

  private static final Duration SHORTEST_JWT = Duration.ofSeconds(10);

  /** A JWT cannot be revoked, so its lifetime is short. */
  private static final Duration LONGEST_JWT = Duration.ofHours(1);

  private final AuthExchangeConfig config;

  SettingsCheck(AuthExchangeConfig config) {
    this.config = config;
  }

  void check(@Observes @Priority(FIRST_FILTER_PRIORITY) StartupEvent event) {
    check();
  }

  void check() {
    RULES.requireIssuer("issuer", config.issuer());
    checkSignIn();
    counts().forEach(RULES::requireAtLeastOne);
    times().forEach(RULES::requirePositive);
    checkJwt();
    checkKeys();
    checkDatabase();
  }

  private void checkJwt() {
    Duration ttl = config.jwt().ttl();
    RULES.requireBetween("jwt.ttl", ttl, SHORTEST_JWT, LONGEST_JWT);
    // Verifiers count whole seconds; with zero they would fetch the keys for each JWT.
    Duration maxAge = config.jwt().jwksMaxAge();
    RULES.require(maxAge.toSeconds() >= 1, "jwt.jwks-max-age", maxAge, "at least a second");
  }

  private void checkSignIn() {
    config.tokenServiceUrl().ifPresent(url -> RULES.requirePublicAddress("token-service-url", url));
    RULES.require(
        config.tokenServiceCaFile().isEmpty()
            || config.tokenServiceUrl().filter(url -> url.startsWith("https:")).isPresent(),
        "token-service-url",
        config.tokenServiceUrl().orElse("not set"),
        "an https address, because token-service-ca-file is set");
    config.tokenServiceCaFile().map(AuthorityFile::new).ifPresent(AuthorityFile::certificates);
    RULES.require(
        config.identityProvidersFile().isEmpty() || config.tokenServiceUrl().isPresent(),
        "token-service-url",
        "not set",
        "the address of token-service, because there is a file of identity providers");
  }

  private void checkKeys() {
    KeysSettings keys = config.keys();
    RULES.require(
        keys.staleAfter().compareTo(keys.poll()) > 0,
        "keys.stale-after",
        keys.staleAfter(),
        "longer than keys.poll");
  }

  private void checkDatabase() {
    DatabaseSettings database = config.database();
    RULES.require(
        database.silence().compareTo(database.deadline()) > 0,
        "database.silence",
        database.silence(),
        "longer than database.deadline");
    RULES.requireBetween(
        "database.commit-lease", database.commitLease(), CommitLease.SHORTEST, CommitLease.LONGEST);
  }

  private Map<String, Integer> counts() {
    LimitsSettings limits = config.limits();
    return Map.ofEntries(
        entry("jwt.max-bytes", config.jwt().maxBytes()),
        entry("verification.threads", config.verification().threads()),
        entry("verification.queue", config.verification().queue()),
        entry("verification.remembered", config.verification().remembered()),
        entry("limits.failures-per-minute", limits.failuresPerMinute()),
        entry("limits.sign-ins-per-minute", limits.signInsPerMinute()),
        entry("limits.exchanges-per-minute", limits.exchangesPerMinute()),
        entry("limits.introspections-per-minute", limits.introspectionsPerMinute()),
        entry("limits.remembered-addresses", limits.rememberedAddresses()),
        entry("limits.remembered-tokens", limits.rememberedTokens()),
        entry("database.waiting", config.database().waiting()),
        entry("workload.threads", config.workload().threads()),
        entry("workload.queue", config.workload().queue()),
        entry("last-use.remembered", config.lastUse().remembered()));
  }

  private Map<String, Duration> times() {
    return Map.ofEntries(
        entry("workload.longest-token", config.workload().longestToken()),
        entry("sign-in.deadline", config.signIn().deadline()),
        entry("keys.poll", config.keys().poll()),
        entry("prune.every", config.prune().every()),
        entry("prune.reconnect-pause", config.prune().reconnectPause()),
        entry("socket.body-deadline", config.socket().bodyDeadline()),
        entry("socket.answer-deadline", config.socket().answerDeadline()),
        entry("last-use.every", config.lastUse().every()),
        entry("last-use.patience", config.lastUse().patience()),
        entry("database.deadline", config.database().deadline()),
        entry("database.connect-timeout", config.database().connectTimeout()));
  }
}
