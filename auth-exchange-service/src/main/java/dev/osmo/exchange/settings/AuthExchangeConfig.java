package dev.osmo.exchange.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of this service. The comment of each setting is its row in the operator's table
 * ({@code src-docs/operator/configuration.rst}).
 */
@ConfigMapping(prefix = "auth-exchange")
public interface AuthExchangeConfig {

  /**
   * The public base address of the system, without a slash at the end; the {@code iss} claim of
   * every JWT.
   */
  String issuer();

  /** The {@code aud} claim of a JWT for which the client names no audience. */
  @WithDefault("osmo")
  String audience();

  /** Other audiences that a client of {@code /oauth2/token} may name. */
  Optional<Set<String>> audiences();

  /** Addresses that a client may name as {@code resource}; each becomes the audience of its JWT. */
  Optional<Set<String>> resources();

  /**
   * Whether {@code GET /api/auth/jwt/access_token?access_token=} is accepted. Only for OSMO's
   * clients up to 6.1 until they are replaced, because URLs are logged.
   */
  @WithDefault("false")
  boolean tokenInUrl();

  /** The pepper file, shared with token-service: lines {@code [*] id base64(32 bytes)}. */
  Path pepperFile();

  /** The key that encrypts the signing keys in the database: one line, base64 of 32 bytes. */
  Path keyFile();

  /**
   * The issuers of workload tokens, shared with token-service: a JSON file. Without it, no workload
   * is trusted.
   */
  Optional<Path> trustedIssuersFile();

  /**
   * The identity providers of people, shared with token-service: a JSON file. Without it, nobody
   * can sign in through a provider.
   */
  Optional<Path> identityProvidersFile();

  /** The base address of token-service, which keeps sessions; required with identity providers. */
  Optional<String> tokenServiceUrl();

  /**
   * The PEM file of the only authorities that may sign the certificate of token-service; for {@code
   * https}. Without it, those that the JVM trusts.
   */
  Optional<Path> tokenServiceCaFile();

  SignInSettings signIn();

  WorkloadSettings workload();

  JwtSettings jwt();

  KeysSettings keys();

  Verification verification();

  PruneSettings prune();

  LastUseSettings lastUse();

  LimitsSettings limits();

  Reuse reuse();

  Socket socket();

  DatabaseSettings database();

  /** Settings of the verification of secrets. */
  interface Verification {

    /** How many Argon2 verifications run at the same time. */
    @WithDefault("2")
    int threads();

    /** How many more verifications may wait; beyond that the response is 503. */
    @WithDefault("64")
    int queue();

    /** How many verified secrets are cached. */
    @WithDefault("100000")
    int remembered();

    /** The least memory of a stored hash that is verified, in KiB. */
    @WithDefault("19456")
    int minMemoryKib();

    /** The most memory of a stored hash that is verified, in KiB. */
    @WithDefault("131072")
    int maxMemoryKib();

    /** The fewest iterations of a stored hash that is verified. */
    @WithDefault("2")
    int minIterations();

    /** The most iterations of a stored hash that is verified. */
    @WithDefault("10")
    int maxIterations();
  }

  /** What happens if a secret is presented after a rotation ended it. */
  interface Reuse {

    /**
     * Whether the access token is revoked. The event is always in the audit trail, because it is a
     * sign of theft.
     */
    @WithDefault("false")
    boolean revokesToken();
  }

  /** Timeouts for slow clients. The other limits of connections are {@code quarkus.http.*}. */
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
}
