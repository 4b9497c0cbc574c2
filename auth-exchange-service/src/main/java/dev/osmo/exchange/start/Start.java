package dev.osmo.exchange.start;

import dev.osmo.exchange.database.SchemaVersion;
import dev.osmo.exchange.jwt.keys.SigningKeys;
import dev.osmo.exchange.lastuse.LastUse;
import dev.osmo.exchange.pat.NeededPeppers;
import dev.osmo.exchange.pat.verification.Argon2Pool;
import dev.osmo.exchange.prune.RemovalListener;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * The startup sequence. Any step may stop it with a message. The HTTP port opens after the last
 * one. The operator's commands check the schema only.
 */
@ApplicationScoped
class Start {

  private final StartMode mode;
  private final SchemaVersion schemaVersion;
  private final NeededPeppers neededPeppers;
  private final SigningKeys signingKeys;
  private final Argon2Pool argon2;
  private final RemovalListener removalListener;
  private final LastUse lastUse;

  Start(
      StartMode mode,
      SchemaVersion schemaVersion,
      NeededPeppers neededPeppers,
      SigningKeys signingKeys,
      Argon2Pool argon2,
      RemovalListener removalListener,
      LastUse lastUse) {
    this.mode = mode;
    this.schemaVersion = schemaVersion;
    this.neededPeppers = neededPeppers;
    this.signingKeys = signingKeys;
    this.argon2 = argon2;
    this.removalListener = removalListener;
    this.lastUse = lastUse;
  }

  void inOrder(@Observes StartupEvent event) {
    schemaVersion.check();
    if (mode == StartMode.SERVICE) {
      neededPeppers.check();
      signingKeys.start();
      argon2.warmUp();
      removalListener.start();
      lastUse.start();
    }
  }
}
