package dev.osmo.token.pat.store;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;

/** Whether a token can be exchanged, and if not, the strongest reason. */
public enum TokenState {
  ACTIVE("Active"),
  EXPIRED("Expired"),
  SUSPENDED("Suspended"),
  REVOKED("Revoked");

  private final String shown;

  TokenState(String shown) {
    this.shown = shown;
  }

  /**
   * Revoked is for good and wins; then expired, which time alone brought; then suspended, which can
   * be undone.
   *
   * @param hasLiveSecret whether a secret is left that is neither revoked nor past its end
   * @param now the database's time
   */
  public static TokenState of(
      boolean hasLiveSecret, boolean suspended, Instant expiresAt, Instant now) {
    if (!hasLiveSecret) {
      return REVOKED;
    }
    if (!expiresAt.isAfter(now)) {
      return EXPIRED;
    }
    return suspended ? SUSPENDED : ACTIVE;
  }

  /** As a filter and the statement behind it name it. */
  public String searchName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonValue
  public String shown() {
    return shown;
  }
}
