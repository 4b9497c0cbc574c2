package dev.osmo.token.pat.store;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Whether a token can be exchanged and, if not, the first reason that applies. The database decides
 * it, in its view {@code access_token_with_roles}.
 */
public enum TokenState {
  ACTIVE("Active"),
  EXPIRED("Expired"),
  SUSPENDED("Suspended"),
  REVOKED("Revoked"),
  /** Active, but every role was removed. */
  NO_ROLES("No roles"),
  /** Active, but its owner must sign in again. */
  MUST_SIGN_IN("Sign in again");

  private final String shown;

  TokenState(String shown) {
    this.shown = shown;
  }

  /**
   * The state that a statement returned.
   *
   * @param searchName as the database writes it
   */
  static TokenState of(String searchName) {
    return valueOf(searchName.toUpperCase(Locale.ROOT));
  }

  /** The name in filters and in the database. */
  public String searchName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonValue
  public String shown() {
    return shown;
  }
}
