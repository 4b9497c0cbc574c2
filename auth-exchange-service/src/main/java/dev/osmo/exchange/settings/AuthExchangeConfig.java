package dev.osmo.exchange.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Everything an operator can set about the exchange itself. The settings of a room that names them
 * are a type of their own.
 */
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

  JwtSettings jwt();

  KeysSettings keys();

  Verification verification();

  PruneSettings prune();

  LastUseSettings lastUse();

  LimitsSettings limits();

  Socket socket();

  DatabaseSettings database();

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
}
