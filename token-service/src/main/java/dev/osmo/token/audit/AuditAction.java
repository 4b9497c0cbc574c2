package dev.osmo.token.audit;

import java.util.Locale;

/** What can be done. Stored by its dotted name, so a name stays for good. */
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
  PROFILE_CHANGED;

  String storedName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
