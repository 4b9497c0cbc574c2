package dev.osmo.token.caller;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What the caller signed in with. It was usable when it was read. */
public sealed interface Login permits CallingPat, CallingSession {

  /**
   * The latest expiry of a token whose secret this login makes or resumes. A session has no limit
   * of its own; the policy limits every token.
   */
  Instant latestExpiry();

  /**
   * Whether a person signed in. An interactive login may move the expiry of the person's own tokens
   * to a later time.
   */
  boolean isInteractive();

  /** The access token that was exchanged for the JWT; empty for a session. */
  default Optional<CallingPat> pat() {
    return Optional.empty();
  }

  /** The secret that was exchanged, the origin of each secret that the caller makes. */
  default Optional<UUID> secretId() {
    return pat().map(CallingPat::exchangedSecret);
  }
}
