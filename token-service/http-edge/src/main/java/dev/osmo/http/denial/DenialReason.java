package dev.osmo.http.denial;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why an access token or a JWT is refused. The names are part of the API. */
public enum DenialReason {
  OWNER_DISABLED(true),
  LEAK_REPORT(true),
  REVOKED(true),
  EXPIRED(true),
  SUSPENDED(true),
  /** An earlier secret of the token is no longer valid; the token is. */
  ROTATED_OUT(false),
  NO_ROLES_LEFT(true),
  /** The provider has not confirmed the owner for too long. */
  OWNER_MUST_SIGN_IN(true),
  /** The token lost some of its roles. */
  ROLE_REMOVED(false),
  ROLE_NEVER_HELD(false),
  JWT_DOWNSCOPED(false);

  /** The database's reasons for a revocation by a leak report (migration V18). */
  private static final Set<String> REPORTED =
      Set.of(
          "reported as leaked",
          "created with a token that was reported as leaked",
          "made with a token that was reported as leaked");

  private final boolean blocks;

  DenialReason(boolean blocks) {
    this.blocks = blocks;
  }

  /**
   * The reason for a revoked token.
   *
   * @param because the text that the revocation stored
   */
  public static DenialReason ofRevocation(@Nullable String because) {
    return because != null && REPORTED.contains(because) ? LEAK_REPORT : REVOKED;
  }

  /** Whether no secret of the token can be exchanged. */
  public boolean blocks() {
    return blocks;
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
