package dev.osmo.token.caller;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The access token that was exchanged for the caller's JWT.
 *
 * @param signInDueAt when its owner must have signed in again; null without a limit
 * @param exchangedSecret the secret that was exchanged, recorded as the origin of each secret that
 *     the caller makes
 */
public record CallingPat(
    String id, String name, Instant expiresAt, @Nullable Instant signInDueAt, UUID exchangedSecret)
    implements Login {

  /** A token cannot outlive the one that made it. */
  @Override
  public Instant latestExpiry() {
    return expiresAt;
  }

  @Override
  public boolean isInteractive() {
    return false;
  }

  @Override
  public Optional<CallingPat> pat() {
    return Optional.of(this);
  }
}
