package dev.osmo.exchange.start;

import dev.osmo.exchange.database.SchemaVersion;
import dev.osmo.exchange.jwt.SigningKeys;
import dev.osmo.exchange.pat.Argon2Pool;
import dev.osmo.exchange.pat.NeededPeppers;
import dev.osmo.exchange.prune.RemovalListener;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The order of the start. The HTTP port opens after the last step; any step may refuse. */
@Singleton
class Start {

  private final SchemaVersion schemaVersion;
  private final NeededPeppers neededPeppers;
  private final SigningKeys signingKeys;
  private final Argon2Pool argon2;
  private final RemovalListener removalListener;

  Start(
      SchemaVersion schemaVersion,
      NeededPeppers neededPeppers,
      SigningKeys signingKeys,
      Argon2Pool argon2,
      RemovalListener removalListener) {
    this.schemaVersion = schemaVersion;
    this.neededPeppers = neededPeppers;
    this.signingKeys = signingKeys;
    this.argon2 = argon2;
    this.removalListener = removalListener;
  }

  void inOrder(@Observes StartupEvent event) {
    schemaVersion.check();
    neededPeppers.check();
    signingKeys.open();
    argon2.warmUp();
    removalListener.start();
  }
}
