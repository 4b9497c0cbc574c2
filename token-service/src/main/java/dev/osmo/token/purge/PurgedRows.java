package dev.osmo.token.purge;

import dev.osmo.token.settings.TokenServiceSettings.Retention;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of rows that are deleted when they were kept long enough, in the order of their
 * deletion. Each statement deletes one batch and returns the number of deleted rows.
 */
enum PurgedRows {
  /** Before the tokens, so that a token has few secrets left when it is deleted. */
  SECRETS("SELECT purge_secrets(CAST(CAST(:retention AS text) AS interval), :batch)"),
  TOKENS("SELECT purge_tokens(CAST(CAST(:retention AS text) AS interval), :batch)"),
  /** What a leak report needs of deleted secrets. */
  DELETED_SECRETS("SELECT forget_deleted_secrets(:batch)"),
  /** What a leak report needs of deleted tokens. */
  DELETED_TOKENS("SELECT purge_token_origins(:batch)"),
  ROLE_REMOVALS("SELECT purge_role_removals(CAST(CAST(:retention AS text) AS interval), :batch)"),
  AUDIT_EVENTS("SELECT purge_audit_events(CAST(CAST(:retention AS text) AS interval), :batch)"),
  IDEMPOTENCY_KEYS(
      "SELECT purge_idempotency_keys(CAST(CAST(:retention AS text) AS interval), :batch)"),
  SESSIONS("SELECT purge_sessions(CAST(CAST(:retention AS text) AS interval), :batch)");

  private final String statement;

  PurgedRows(String statement) {
    this.statement = statement;
  }

  String statement() {
    return statement;
  }

  /** Empty if the database alone decides how long it needs them. */
  Optional<Duration> keptFor(Retention retention) {
    return switch (this) {
      case SECRETS, TOKENS -> Optional.of(retention.tokens());
      case ROLE_REMOVALS -> Optional.of(retention.roleRemovals());
      case AUDIT_EVENTS -> Optional.of(retention.auditEvents());
      case IDEMPOTENCY_KEYS -> Optional.of(retention.idempotencyKeys());
      case SESSIONS -> Optional.of(retention.sessions());
      case DELETED_SECRETS, DELETED_TOKENS -> Optional.empty();
    };
  }

  /** The name in metrics and logs. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
