package dev.osmo.token.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a change.
 *
 * @param userId the user, or the name of the part of this service that acts on its own
 * @param viaPatId the access token that was exchanged for the user's JWT
 * @param viaSessionId the session that the user's JWT was issued for
 * @param jti the JWT that carried the request
 */
public record Actor(
    String userId,
    @Nullable String viaPatId,
    @Nullable UUID viaSessionId,
    @Nullable String jti,
    @Nullable String requestId) {

  public static Actor via(String patId, String userId, String jti, String requestId) {
    return new Actor(userId, patId, null, jti, requestId);
  }

  public static Actor via(UUID sessionId, String userId, String jti, String requestId) {
    return new Actor(userId, null, sessionId, jti, requestId);
  }

  public static Actor service(String part) {
    return new Actor(part, null, null, null, null);
  }

  /** An identity provider, whose token says what changes. */
  public static Actor provider(String name, String requestId) {
    return new Actor("idp:" + name, null, null, null, requestId);
  }

  /** The id of the login; null without one. */
  public @Nullable String via() {
    return viaSessionId == null ? viaPatId : viaSessionId.toString();
  }
}
