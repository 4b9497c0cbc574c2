package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.database.DatabaseUnavailable;
import dev.osmo.exchange.jwt.material.KeyEncryptionKey;
import dev.osmo.exchange.jwt.material.SigningKey;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.start.SecretFile;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Holds the key ring and looks at the table every few seconds.
 *
 * <ol>
 *   <li>The first start of all makes the first key.
 *   <li>A key that another replica or an operator revoked signs here no longer than one look later,
 *       and is not published nor believed either, also when no other key takes its place.
 *   <li>Who could not look for too long does not sign: it may have missed a revocation.
 *   <li>The public keys of the last look are served in any case.
 *   <li>A key that was not made under this key file is not published: who can only write into the
 *       database has no key that anybody believes.
 * </ol>
 */
@Singleton
public class SigningKeys {

  private static final Logger LOG = Logger.getLogger("dev.osmo.exchange.keys");

  private final KeyRotation rotation;
  private final KeyEncryptionKey keyEncryptionKey;
  private final Vertx vertx;
  private final AuthExchangeConfig config;
  private volatile @Nullable KeyRing ring;
  private volatile long lookedAtNanos;
  private long timer;

  SigningKeys(
      KeyRotation rotation,
      KeyEncryptionKey keyEncryptionKey,
      Vertx vertx,
      AuthExchangeConfig config) {
    this.rotation = rotation;
    this.keyEncryptionKey = keyEncryptionKey;
    this.vertx = vertx;
    this.config = config;
  }

  /** Opens the ring, or ends the start with the reason. */
  public void open() {
    long asked = System.nanoTime();
    lookedAtNanos = asked - 1;
    hold(rotation.tend().await().indefinitely(), asked);
    if (ring().active().isEmpty()) {
      throw doesNotOpen();
    }
    timer = vertx.setPeriodic(config.keys().poll().toMillis(), unused -> look());
  }

  public KeyRing ring() {
    KeyRing known = ring;
    if (known == null) {
      throw new IllegalStateException("the keys are opened before the first request");
    }
    return known;
  }

  /** The key to sign with now. Fails like a database that is away when the ring is too old. */
  public SigningKey signing() {
    if (isStale()) {
      throw new DatabaseUnavailable(
          new IllegalStateException("the signing keys were last read too long ago"));
    }
    return ring().active().orElseThrow(NoSigningKey::new).key();
  }

  /** Whether there is a key to sign with now. */
  public boolean sign() {
    return !isStale() && ring().active().isPresent();
  }

  private boolean isStale() {
    return System.nanoTime() - lookedAtNanos > config.keys().staleAfter().toNanos();
  }

  private void look() {
    long asked = System.nanoTime();
    rotation.tend().subscribe().with(keys -> hold(keys, asked), SigningKeys::logFailure);
  }

  /** An answer that was overtaken by that to a later look is old. */
  private synchronized void hold(KeysNow keys, long asked) {
    if (asked - lookedAtNanos > 0) {
      KeyRing found = KeyRing.of(keys, keyEncryptionKey);
      KeyLog.changed(ring, found);
      ring = found;
      lookedAtNanos = asked;
    }
  }

  private static void logFailure(Throwable failure) {
    if (failure instanceof DatabaseUnavailable unavailable) {
      LOG.warnf("the signing keys could not be read: %s", unavailable.reason());
    } else {
      LOG.error("the signing keys could not be read", failure);
    }
  }

  private RuntimeException doesNotOpen() {
    return new SecretFile("key file", config.keyFile())
        .refused("does not open the signing key in the database, which was made under another");
  }

  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
  }
}
