package dev.osmo.exchange.jwt;

import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.exchange.settings.CannotStart;
import dev.osmo.exchange.settings.SecretFile;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Holds the key ring. The first start of all makes the first key. */
@Singleton
public class SigningKeys {

  private static final Logger LOG = Logger.getLogger(SigningKeys.class);

  /** A JWT cannot be called back, so it must not live long. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final Duration SHORTEST = Duration.ofSeconds(10);

  private final SigningKeyTable table;
  private final AuthExchangeConfig config;
  private volatile @Nullable KeyRing ring;

  SigningKeys(SigningKeyTable table, AuthExchangeConfig config) {
    this.table = table;
    this.config = config;
  }

  /** Reads the key file and opens the ring, or ends the start with the reason. */
  public void open() {
    checkLifetime(config.jwt().ttl());
    KeyEncryptionKey keyEncryptionKey = KeyEncryptionKey.read(config.keyFile());
    if (hasNoActive(table.findNotGone())) {
      table.insertActiveUnlessThereIsOne(SigningKey.generate(keyEncryptionKey));
    }
    ring = KeyRing.of(table.findNotGone(), keyEncryptionKey).orElseThrow(this::doesNotOpen);
    LOG.infof("signing kid=%s", ring().active().id());
  }

  KeyRing ring() {
    KeyRing known = ring;
    if (known == null) {
      throw new IllegalStateException("the keys are opened before the first request");
    }
    return known;
  }

  private static void checkLifetime(Duration ttl) {
    if (ttl.compareTo(SHORTEST) < 0 || ttl.compareTo(LONGEST) > 0) {
      throw CannotStart.because(
          "auth-exchange.jwt.ttl is %s and must be between %s and %s."
              .formatted(ttl, SHORTEST, LONGEST));
    }
  }

  private static boolean hasNoActive(List<SealedKey> keys) {
    return keys.stream().noneMatch(key -> key.state() == KeyState.ACTIVE);
  }

  private RuntimeException doesNotOpen() {
    return new SecretFile("key file", config.keyFile())
        .cannotStart("does not open the signing key in the database, which was made under another");
  }
}
