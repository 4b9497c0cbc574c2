package dev.osmo.token.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of token-service; each is also an environment variable, as in {@code
 * TOKEN_SERVICE_ISSUER}.
 */
@ConfigMapping(prefix = "token-service")
public interface TokenServiceSettings {

  /** The public base address of the system; a JWT must name it as its issuer. */
  String issuer();

  /** The audience a JWT must be made for. */
  @WithDefault("osmo")
  String audience();

  /** Where the exchange publishes the keys that verify JWTs. */
  Jwks jwks();

  /** The file of peppers: lines {@code id base64(32 bytes)}, one of them marked with {@code *}. */
  Path pepperFile();

  /** What hashing a token's text costs. */
  Argon2 argon2();

  /** What users may ask of tokens. */
  Policy policy();

  /** Reports of leaked tokens. */
  LeakReport leakReport();

  /** What is counted for Prometheus. */
  Metrics metrics();

  /** The first administrator. */
  Bootstrap bootstrap();

  /** The pool that a user's profile names. */
  @WithDefault("default")
  String defaultPool();

  /** How long the start waits for the database before it gives up. */
  @WithDefault("PT30S")
  Duration databasePatience();

  interface Jwks {

    /** The exchange's key set. */
    URI url();

    /** The pause before a failed fetch is tried again. */
    @WithDefault("PT1S")
    Duration retry();

    /** How long a key set is trusted when the exchange does not say. */
    @WithDefault("PT1M")
    Duration maxAge();

    /**
     * How long the last good key set is used while no fetch succeeds; longer than any of its ages.
     */
    @WithDefault("PT15M")
    Duration staleAfter();

    /** The least time between two fetches that an unknown key may cause. */
    @WithDefault("PT5S")
    Duration cooldown();
  }

  interface Argon2 {

    /** Memory in KiB; not below 19456 outside tests. */
    @WithDefault("19456")
    int memoryKib();

    /** Passes over the memory; not below 2 outside tests. */
    @WithDefault("2")
    int iterations();
  }

  interface Policy {

    /** The longest life of a token; at most 365 days, so that an old pepper retires by itself. */
    @WithDefault("P365D")
    Duration maxLifetime();

    /** How many tokens of one user may be usable at once. */
    @WithDefault("100")
    int maxLiveTokens();

    /** How long the old secret lives on after a rotation that does not say. */
    @WithDefault("PT24H")
    Duration defaultGrace();

    /** The longest time an old secret may live on after a rotation. */
    @WithDefault("PT168H")
    Duration maxGrace();
  }

  interface LeakReport {

    /** How many reports one address may send in a minute. */
    @WithDefault("60")
    int perMinute();

    /**
     * The proxies in front of this service, as addresses or networks separated by commas; {@code
     * X-Forwarded-For} is believed from these only.
     */
    Optional<List<String>> trustedProxies();
  }

  interface Metrics {

    /** How often each replica counts the tokens in the database; counting reads all of them. */
    @WithDefault("PT1M")
    Duration refresh();
  }

  interface Bootstrap {

    /** A file with the token of the first administrator; acts only when its content changes. */
    Optional<Path> tokenFile();

    /** The user that the file's token belongs to. */
    @WithDefault("admin")
    String user();

    /** The role that user is given. */
    @WithDefault("osmo-admin")
    String role();
  }
}
