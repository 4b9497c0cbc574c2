package dev.osmo.exchange.session;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session that could be used when it was read.
 *
 * @param clientId the client through which the person signed in
 * @param displayName null if the provider gave none
 * @param roles the current roles of its user, sorted
 * @param readAt the database time of the read
 */
public record StoredSession(
    UUID id,
    String userId,
    String clientId,
    @Nullable String displayName,
    Instant expiresAt,
    List<String> roles,
    Instant readAt) {

  public StoredSession {
    roles = List.copyOf(roles);
  }
}
