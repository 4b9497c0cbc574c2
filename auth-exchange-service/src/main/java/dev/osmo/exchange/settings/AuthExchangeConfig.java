package dev.osmo.exchange.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

  Keys keys();

  Verification verification();

  Prune prune();

  LastUse lastUse();

  Limits limits();

  Socket socket();

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

  /** Room {@code jwt}: the life of the signing keys. */
  interface Keys {

    /** How long one key signs before the next one takes over. */
    @WithDefault("P30D")
    Duration rotateEvery();

    /**
     * How long a key is published before it signs: at least twice {@code jwt.jwks-max-age} plus
     * {@code keys.stale-after}, and longer than third parties that do not ask again keep the keys.
     */
    @WithDefault("PT2H")
    Duration publishAhead();

    /** How often each replica looks for rotated and revoked keys. */
    @WithDefault("PT5S")
    Duration poll();

    /** A replica that could not look for this long does not sign. */
    @WithDefault("PT30S")
    Duration staleAfter();
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

    /**
     * Whether to listen for the bell; without it, pruning goes by {@code prune.every} alone, for
     * databases that have no {@code LISTEN}.
     */
    @WithDefault("true")
    boolean listen();

    /** The longest time between two looks at the due removals, bell or no bell. */
    @WithDefault("PT2S")
    Duration every();

    /** The pause before the listener's lost connection is tried again. */
    @WithDefault("PT1S")
    Duration reconnectPause();
  }

  /** Room {@code limits}. */
  interface Limits {

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

  /** Room {@code socket}; other limits of connections are {@code quarkus.http.*}. */
  interface Socket {

    /** How long the body of a request may take to arrive before the connection is closed. */
    @WithDefault("PT10S")
    Duration bodyDeadline();

    /**
     * How long after the first byte of a request its answer may take to begin before the connection
     * is closed, complete or not: longer than all other deadlines together.
     */
    @WithDefault("PT30S")
    Duration answerDeadline();
  }

  /** Room {@code lastuse}. */
  interface LastUse {

    /** How often last uses are written; a crash loses at most what came since. */
    @WithDefault("PT2S")
    Duration every();

    /** For how many secrets an unwritten use is remembered while the database is away. */
    @WithDefault("100000")
    int remembered();

    /** How long a graceful end waits, twice at most, for the last uses to be written. */
    @WithDefault("PT4S")
    Duration patience();
  }

  /** Room {@code database}. */
  interface Database {

    /** How long a request waits for the database before it is answered 503. */
    @WithDefault("PT3S")
    Duration deadline();

    /** How long the start waits for the database before it gives up. */
    @WithDefault("PT30S")
    Duration patience();

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
