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

  /**
   * The public base address of the system, without a slash at the end; the required {@code iss}
   * claim of every JWT.
   */
  String issuer();

  /** The required {@code aud} claim of every JWT. */
  @WithDefault("osmo")
  String audience();

  /**
   * Whether a JWT is also accepted in the header {@code x-osmo-auth}, as OSMO's clients up to 6.1
   * send it; for a migration.
   */
  @WithDefault("false")
  boolean legacyJwtHeader();

  /** The exchange's key set, which verifies JWTs. */
  Jwks jwks();

  /**
   * The pepper file, shared with the exchange: lines {@code [*] id base64(32 bytes)}, exactly one
   * of them with {@code *}.
   */
  Path pepperFile();

  /**
   * The issuers of workload tokens, shared with the exchange: a JSON file. Without it, no token can
   * trust a workload.
   */
  Optional<Path> trustedIssuersFile();

  /**
   * The identity providers of people, shared with the exchange: a JSON file. Without it, nobody can
   * sign in through a provider.
   */
  Optional<Path> identityProvidersFile();

  /** Sign-in through an identity provider. */
  SignInSettings signIn();

  /** Security events of identity providers. */
  SecurityEventSettings securityEvents();

  /** Users whom a directory disables. */
  ScimSettings scim();

  /** Notices before access tokens expire. */
  ExpiryNoticeSettings expiryNotices();

  /** The cost of hashing a token's text. */
  Argon2 argon2();

  /** The limits on access tokens. */
  Policy policy();

  /** How long rows are kept that are no longer of use. */
  Retention retention();

  /** Reports of leaked tokens. */
  LeakReport leakReport();

  /** The metrics for Prometheus. */
  Metrics metrics();

  /** The web page for one's own tokens. */
  Web web();

  /** Timeouts for slow clients. The other limits of connections are {@code quarkus.http.*}. */
  Socket socket();

  /** The first administrator. */
  Bootstrap bootstrap();

  /** The pool in a user's profile. */
  @WithDefault("default")
  String defaultPool();

  /** How long the whole start waits for the database before the service exits. */
  @WithDefault("PT1M")
  Duration databasePatience();

  /** The limits on the use of the database. */
  DatabaseSettings database();

  /** The limits on callers. */
  LimitsSettings limits();

  interface Jwks {

    /** The address of the exchange's key set. */
    URI url();

    /**
     * The PEM file of the only authorities that may sign the certificate of that address; for
     * {@code https}. Without it, those that the JVM trusts.
     */
    Optional<Path> caFile();

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

    /** The maximum number of tokens per user, including expired and revoked ones. */
    @WithDefault("1000")
    int maxTokens();

    /** How long the old secret stays valid after a rotation that sets no grace period. */
    @WithDefault("PT24H")
    Duration defaultGrace();

    /** The longest grace period; at most 168 hours. */
    @WithDefault("PT168H")
    Duration maxGrace();
  }

  interface Retention {

    /**
     * How long a token is kept after it expired or was revoked, and a secret after it was replaced;
     * at least 168 hours, because it can report a leak for that long.
     */
    @WithDefault("P30D")
    Duration tokens();

    /** How long a role removal is kept after it was pruned; at least 168 hours. */
    @WithDefault("P400D")
    Duration roleRemovals();

    /** How long an audit event is kept; at least 30 days. */
    @WithDefault("P400D")
    Duration auditEvents();

    /** How long an idempotency key is kept; at least 24 hours. */
    @WithDefault("PT24H")
    Duration idempotencyKeys();

    /** How long a session is kept after it ended or expired; at least 168 hours. */
    @WithDefault("P30D")
    Duration sessions();

    /** How often each replica deletes rows that were kept long enough. */
    @WithDefault("PT15M")
    Duration interval();
  }

  interface LeakReport {

    /** The maximum number of reports per minute from one address. */
    @WithDefault("60")
    int perMinute();

    /**
     * Trusted proxies, as comma-separated addresses or networks; {@code X-Forwarded-For} is trusted
     * from these only, for every limit by address.
     */
    Optional<List<String>> trustedProxies();
  }

  interface Metrics {

    /**
     * The pause between two counts of the tokens. The replicas share one count, which reads every
     * token in small batches.
     */
    @WithDefault("PT5M")
    Duration refresh();
  }

  interface Web {

    /**
     * Whether the page is served. Without it, {@code /} and {@code /ui/…} do not exist, except for
     * the page of problems, {@code /ui/problems}.
     */
    @WithDefault("true")
    boolean enabled();
  }

  interface Socket {

    /** How long the body of a request may take to arrive before the connection is closed. */
    @WithDefault("PT10S")
    Duration bodyDeadline();

    /**
     * How long after the first byte of a request its response may start before the connection is
     * closed; longer than all other deadlines together.
     */
    @WithDefault("PT30S")
    Duration answerDeadline();
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
