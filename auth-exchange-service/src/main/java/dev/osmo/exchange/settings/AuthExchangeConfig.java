package dev.osmo.exchange.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Everything an operator can set about the exchange itself. */
@ConfigMapping(prefix = "auth-exchange")
public interface AuthExchangeConfig {

  /** Public base address of the system; the {@code iss} claim of every JWT. */
  String issuer();

  /** The {@code aud} claim of every JWT. */
  @WithDefault("osmo")
  String audience();

  /** Other audiences that a caller of {@code /oauth2/token} may name instead of ours. */
  Optional<Set<String>> audiences();

  /** Addresses that such a caller may name as {@code resource}; each is its own audience. */
  Optional<Set<String>> resources();

  /** The pepper file, shared with token-service: lines {@code [*] id base64(32 bytes)}. */
  Path pepperFile();

  /** The key that encrypts the signing keys at rest: one line, base64 of 32 bytes. */
  Path keyFile();

  Jwt jwt();

  Verification verification();

  Prune prune();

  Database database();

  /** Room {@code jwt}. */
  interface Jwt {

    /** How long a JWT lives, unless its access token ends earlier. */
    @WithDefault("PT5M")
    Duration ttl();

    /** The longest JWT, in bytes, that is handed out; a longer one would not fit into a header. */
    @WithDefault("6144")
    int maxBytes();

    /** How long a verifier may keep the public keys without asking again. */
    @WithDefault("PT1M")
    Duration jwksMaxAge();
  }

  /** Room {@code pat}. */
  interface Verification {

    /** How many Argon2 verifications run at once. */
    @WithDefault("2")
    int threads();

    /** How many more may wait; beyond that the answer is 503. */
    @WithDefault("64")
    int queue();

    /** How many verified secrets are remembered. */
    @WithDefault("100000")
    int remembered();
  }

  /** Room {@code prune}. */
  interface Prune {

    /** The longest time between two looks at the due removals, bell or no bell. */
    @WithDefault("PT2S")
    Duration every();

    /** The pause before the listener's lost connection is tried again. */
    @WithDefault("PT1S")
    Duration reconnectPause();
  }

  /** Room {@code database}. */
  interface Database {

    /** How long a request waits for the database before it is answered 503. */
    @WithDefault("PT3S")
    Duration deadline();

    /** How long opening a connection, or waiting for a free one, may take. */
    @WithDefault("PT2S")
    Duration connectTimeout();

    /**
     * A pooled connection on which nothing moved for this long is closed: longer than the deadline.
     */
    @WithDefault("PT15S")
    Duration silence();
  }
}
