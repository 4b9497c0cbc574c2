package dev.osmo.token.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who makes a change.
 *
 * @param userId the user, or the name of the part of this service that acts on its own
 * @param viaPatId the access token that was exchanged for the user's JWT
 * @param jti the JWT that carried the request
 */
public record Actor(
    String userId, @Nullable String viaPatId, @Nullable String jti, @Nullable String requestId) {

  public static Actor service(String part) {
    return new Actor(part, null, null, null);
  }
}
