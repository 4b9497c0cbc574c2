package dev.osmo.token.caller;

import java.time.Instant;
import java.util.UUID;

/** The session of a user who signed in through an identity provider. */
public record CallingSession(UUID id, Instant expiresAt) implements Login {

  @Override
  public Instant latestExpiry() {
    return Instant.MAX;
  }

  @Override
  public boolean isInteractive() {
    return true;
  }
}
