package dev.osmo.token.audit;

import java.util.Locale;

/** The kinds of change. Stored by dotted name, so a name never changes. */
public enum AuditAction {
  TOKEN_CREATED,
  TOKEN_DELETED,
  TOKEN_ROTATED,
  TOKEN_SUSPENDED,
  TOKEN_RESUMED,
  TOKEN_REVOKED,
  ROLE_GRANTED,
  ROLE_REMOVED,
  ROLE_DEFINED,
  ROLE_DELETED,
  USER_CREATED,
  USER_ENABLED,
  USER_DISABLED,
  USER_DELETED,
  USER_LINKED,
  USER_REPORTED,
  SESSION_STARTED,
  PROFILE_CHANGED;

  /** The name in the database and in responses. */
  public String storedName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
