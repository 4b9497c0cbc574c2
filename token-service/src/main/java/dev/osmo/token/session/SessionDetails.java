package dev.osmo.token.session;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.CallingSession;
import java.time.Instant;
import java.util.UUID;

/**
 * A session as clients see it. Nothing in it can be used to act in the session.
 *
 * @param verifiedAt when the provider last confirmed the user: at the sign-in, or at a renewal
 * @param current whether the caller is in this session
 */
record SessionDetails(
    UUID id,
    String provider,
    String clientId,
    Instant createdAt,
    Instant verifiedAt,
    Instant expiresAt,
    boolean current) {

  static SessionDetails of(StoredSession session, CallerIdentity caller) {
    return new SessionDetails(
        session.id(),
        session.provider(),
        session.clientId(),
        session.createdAt(),
        session.verifiedAt(),
        session.expiresAt(),
        caller.login() instanceof CallingSession own && own.id().equals(session.id()));
  }
}
