package dev.osmo.exchange.start;

import dev.osmo.exchange.database.SchemaVersion;
import dev.osmo.exchange.jwt.keys.SigningKeys;
import dev.osmo.exchange.pat.NeededPeppers;
import dev.osmo.exchange.pat.verification.Argon2Pool;
import jakarta.inject.Singleton;

/** What must hold before the first request. Each may end the start with its reason. */
@Singleton
class Preconditions {

  private final SchemaVersion schemaVersion;
  private final NeededPeppers neededPeppers;
  private final SigningKeys signingKeys;
  private final Argon2Pool argon2;

  Preconditions(
      SchemaVersion schemaVersion,
      NeededPeppers neededPeppers,
      SigningKeys signingKeys,
      Argon2Pool argon2) {
    this.schemaVersion = schemaVersion;
    this.neededPeppers = neededPeppers;
    this.signingKeys = signingKeys;
    this.argon2 = argon2;
  }

  void checkDatabase() {
    schemaVersion.check();
  }

  void check() {
    neededPeppers.check();
    signingKeys.open();
    argon2.warmUp();
  }
}
