package dev.osmo.token.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who makes a change.
 *
 * @param userId the person, or the name of the part of this service that acts by itself
 * @param viaPatId the token behind the person's login
 * @param jti the JWT that carried the request
 */
public record Actor(
    String userId, @Nullable String viaPatId, @Nullable String jti, @Nullable String requestId) {

  public static Actor ourselves(String part) {
    return new Actor(part, null, null, null);
  }
}
