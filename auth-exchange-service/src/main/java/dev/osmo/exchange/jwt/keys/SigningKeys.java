package dev.osmo.exchange.jwt.keys;

import dev.osmo.exchange.database.Database;
import dev.osmo.exchange.database.DatabaseUnavailable;
import dev.osmo.exchange.jwt.material.KeyEncryptionKey;
import dev.osmo.exchange.jwt.material.KeyId;
import dev.osmo.exchange.jwt.material.SigningKey;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.start.SecretFile;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.PublicKey;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Holds the key ring and polls the table every few seconds.
 *
 * <ol>
 *   <li>The first start on an empty database creates the first key.
 *   <li>A key that another replica or an operator revoked stops signing here at the next poll. It
 *       is no longer published or accepted either, even if no other key replaces it.
 *   <li>A replica whose keys are stale refuses to sign, because it may have missed a revocation.
 *   <li>The public keys of the last successful poll are always served.
 *   <li>A key that was not created under this key file is not published, so write access to the
 *       database is not enough to add a trusted key.
 * </ol>
 */
@ApplicationScoped
public class SigningKeys {

  private static final Logger LOG = Logger.getLogger("dev.osmo.exchange.keys");

  private final Database database;
  private final KeyRotation rotation;
  private final KeyEncryptionKey keyEncryptionKey;
  private final Vertx vertx;
  private final AuthExchangeConfig config;
  private volatile @Nullable KeyRing ring;
  private volatile long readAtNanos;
  private long timer;

  SigningKeys(
      Database database,
      KeyRotation rotation,
      KeyEncryptionKey keyEncryptionKey,
      Vertx vertx,
      AuthExchangeConfig config) {
    this.database = database;
    this.rotation = rotation;
    this.keyEncryptionKey = keyEncryptionKey;
    this.vertx = vertx;
    this.config = config;
  }

  /** Reads the keys and starts polling. Stops the start if no active key can be decrypted. */
  public void start() {
    long startedAt = System.nanoTime();
    readAtNanos = startedAt - 1;
    accept(database.atStart(rotation::advance), startedAt);
    if (ring().active().isEmpty()) {
      throw cannotDecrypt();
    }
    timer = vertx.setPeriodic(config.keys().poll().toMillis(), unused -> poll());
  }

  /** The RFC 7517 document with the public keys of the last successful poll. */
  public String jwks() {
    return ring().jwks();
  }

  /** The published key with this {@code kid}, which is untrusted and of any type. */
  public Optional<PublicKey> publicKey(@Nullable Object kid) {
    return ring().published().find(kid);
  }

  KeyRing ring() {
    KeyRing known = ring;
    if (known == null) {
      throw new IllegalStateException("the keys are read before the first request");
    }
    return known;
  }

  /** The key to sign with now. Fails as for an unavailable database if the ring is stale. */
  public SigningKey signing() {
    if (isStale()) {
      throw new DatabaseUnavailable(
          new IllegalStateException("the signing keys were last read too long ago"));
    }
    return ring().active().orElseThrow(NoSigningKey::new).key();
  }

  /** Whether there is a key to sign with now. */
  public boolean canSign() {
    return !isStale() && ring().active().isPresent();
  }

  private boolean isStale() {
    return System.nanoTime() - readAtNanos > config.keys().staleAfter().toNanos();
  }

  private void poll() {
    long startedAt = System.nanoTime();
    rotation.advance().subscribe().with(keys -> accept(keys, startedAt), SigningKeys::logFailure);
  }

  /** Ignores the result of a poll that a later one has overtaken. */
  private synchronized void accept(StoredKeys keys, long startedAt) {
    if (startedAt - readAtNanos > 0) {
      KeyRing found = KeyRing.of(keys, keyEncryptionKey);
      logChange(ring, found);
      ring = found;
      readAtNanos = startedAt;
    }
  }

  private static void logChange(@Nullable KeyRing before, KeyRing now) {
    if (before == null || !activeId(before).equals(activeId(now))) {
      now.active()
          .ifPresentOrElse(
              active -> LOG.infof("signing kid=%s since=%s", active.key().id(), active.since()),
              () -> LOG.error(new NoSigningKey().getMessage()));
    }
    Set<KeyId> known = before == null ? Set.of() : before.foreignKeys();
    if (!now.foreignKeys().isEmpty() && !now.foreignKeys().equals(known)) {
      LOG.errorf(
          "keys that were not created under this key file are neither published nor used; either this replica has the wrong key file, or revoke them: kids=%s",
          now.foreignKeys());
    }
  }

  private static Optional<KeyId> activeId(KeyRing ring) {
    return ring.active().map(active -> active.key().id());
  }

  private static void logFailure(Throwable failure) {
    if (failure instanceof DatabaseUnavailable unavailable) {
      LOG.warnf("the signing keys could not be read: %s", unavailable.reason());
    } else {
      LOG.error("the signing keys could not be read", failure);
    }
  }

  private RuntimeException cannotDecrypt() {
    return new SecretFile("key file", config.keyFile())
        .refused(
            "does not decrypt the signing key in the database, which was created under another key file");
  }

  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
  }
}
