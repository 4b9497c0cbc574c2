package dev.osmo.exchange.start;

import dev.osmo.exchange.database.Database;
import dev.osmo.exchange.database.Pooler;
import dev.osmo.exchange.database.SchemaVersion;
import dev.osmo.exchange.jwt.keys.SigningKeys;
import dev.osmo.exchange.lastuse.LastUse;
import dev.osmo.exchange.pat.KeptConnections;
import dev.osmo.exchange.pat.NeededPeppers;
import dev.osmo.exchange.pat.verification.Argon2Pool;
import dev.osmo.exchange.prune.RemovalListener;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * The startup sequence. Any step may stop it with a message. The HTTP port opens after the last
 * one. The operator's commands check the schema and the lease of commits only.
 */
@ApplicationScoped
class Start {

  private final StartMode mode;
  private final Pooler pooler;
  private final SchemaVersion schemaVersion;
  private final Database database;
  private final NeededPeppers neededPeppers;
  private final KeptConnections keptConnections;
  private final SigningKeys signingKeys;
  private final Argon2Pool argon2;
  private final RemovalListener removalListener;
  private final LastUse lastUse;

  Start(
      StartMode mode,
      Pooler pooler,
      SchemaVersion schemaVersion,
      Database database,
      NeededPeppers neededPeppers,
      KeptConnections keptConnections,
      SigningKeys signingKeys,
      Argon2Pool argon2,
      RemovalListener removalListener,
      LastUse lastUse) {
    this.mode = mode;
    this.pooler = pooler;
    this.schemaVersion = schemaVersion;
    this.database = database;
    this.neededPeppers = neededPeppers;
    this.keptConnections = keptConnections;
    this.signingKeys = signingKeys;
    this.argon2 = argon2;
    this.removalListener = removalListener;
    this.lastUse = lastUse;
  }

  void inOrder(@Observes StartupEvent event) {
    pooler.check();
    schemaVersion.check();
    database.startLease();
    if (mode == StartMode.SERVICE) {
      neededPeppers.check();
      keptConnections.start();
      signingKeys.start();
      argon2.warmUp();
      removalListener.start();
      lastUse.start();
    }
  }
}
