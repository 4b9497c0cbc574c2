package dev.osmo.token.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of token-service. Each key is also an environment variable, as in {@code
 * TOKEN_SERVICE_ISSUER}.
 */
@ConfigMapping(prefix = "token-service")
public interface TokenServiceSettings {

  /** The public base address of the system; the required {@code iss} claim of every JWT. */
  String issuer();

  /** The required {@code aud} claim of every JWT. */
  @WithDefault("osmo")
  String audience();

  /** The exchange's key set, which verifies JWTs. */
  Jwks jwks();

  /**
   * The pepper file, shared with the exchange: lines {@code [*] id base64(32 bytes)}, exactly one
   * of them with {@code *}.
   */
  Path pepperFile();

  /** The cost of hashing a token's text. */
  Argon2 argon2();

  /** The limits on access tokens. */
  Policy policy();

  /** Reports of leaked tokens. */
  LeakReport leakReport();

  /** The metrics for Prometheus. */
  Metrics metrics();

  /** The first administrator. */
  Bootstrap bootstrap();

  /** The pool in a user's profile. */
  @WithDefault("default")
  String defaultPool();

  /** How long the service waits for the database at startup before it exits. */
  @WithDefault("PT30S")
  Duration databasePatience();

  interface Jwks {

    /** The address of the exchange's key set. */
    URI url();

    /** The pause before a failed fetch is retried. */
    @WithDefault("PT1S")
    Duration retry();

    /** How long a key set is used when the exchange sends no {@code max-age}. */
    @WithDefault("PT1M")
    Duration maxAge();

    /**
     * How long the last key set is used while every fetch fails; longer than its {@code max-age}.
     */
    @WithDefault("PT15M")
    Duration staleAfter();

    /** The minimum time between two fetches that unknown keys cause. */
    @WithDefault("PT5S")
    Duration cooldown();
  }

  interface Argon2 {

    /** Memory in KiB; at least 19456 outside tests. */
    @WithDefault("19456")
    int memoryKib();

    /** Iterations; at least 2 outside tests. */
    @WithDefault("2")
    int iterations();
  }

  interface Policy {

    /** The longest lifetime of a token; at most 365 days, so that an old pepper can be removed. */
    @WithDefault("P365D")
    Duration maxLifetime();

    /** The maximum number of tokens per user that are neither expired nor revoked. */
    @WithDefault("100")
    int maxLiveTokens();

    /** How long the old secret stays valid after a rotation that sets no grace period. */
    @WithDefault("PT24H")
    Duration defaultGrace();

    /** The longest grace period; at most 168 hours. */
    @WithDefault("PT168H")
    Duration maxGrace();
  }

  interface LeakReport {

    /** The maximum number of reports per minute from one address. */
    @WithDefault("60")
    int perMinute();

    /**
     * Trusted proxies, as comma-separated addresses or networks; {@code X-Forwarded-For} is trusted
     * from these only.
     */
    Optional<List<String>> trustedProxies();
  }

  interface Metrics {

    /** How often each replica counts the tokens; counting reads every row. */
    @WithDefault("PT1M")
    Duration refresh();
  }

  interface Bootstrap {

    /** The file with the first administrator's token; applied only when its content changes. */
    Optional<Path> tokenFile();

    /** The user who owns that token. */
    @WithDefault("admin")
    String user();

    /** The role that is granted to that user. */
    @WithDefault("osmo-admin")
    String role();
  }
}
