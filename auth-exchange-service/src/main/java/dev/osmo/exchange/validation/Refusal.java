package dev.osmo.exchange.validation;

import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.http.problem.DetailedProblem;
import dev.osmo.http.problem.HttpProblem;
import java.util.Locale;

/**
 * Why a token is not exchanged. All but the first are told only to who presented the exact secret.
 */
public enum Refusal {
  /** Malformed, unknown, deleted, forged: alike from outside. */
  INVALID,
  OWNER_DISABLED,
  REVOKED,
  EXPIRED,
  SUSPENDED,
  ROTATED_OUT,
  NO_ROLES_LEFT,
  OUT_OF_SCOPE,
  TOO_MANY_ROLES,
  TOO_MANY_EXCHANGES,
  /** Not a judgement of the token: its sender sent too many others. */
  TOO_MANY_FAILURES,
  /** Not a judgement of the token: there was no time to verify it. */
  BUSY;

  /** Whether this says something about the token; if not, the same one may do a little later. */
  public boolean isAboutTheToken() {
    return switch (this) {
      case TOO_MANY_EXCHANGES, TOO_MANY_FAILURES, BUSY -> false;
      default -> true;
    };
  }

  /** The name for logs and metrics. */
  public String outcome() {
    return name().toLowerCase(Locale.ROOT);
  }

  public DetailedProblem problem() {
    return switch (this) {
      case INVALID -> ExchangeProblem.INVALID_TOKEN;
      case OWNER_DISABLED -> ExchangeProblem.OWNER_DISABLED;
      case REVOKED -> ExchangeProblem.TOKEN_REVOKED;
      case EXPIRED -> ExchangeProblem.TOKEN_EXPIRED;
      case SUSPENDED -> ExchangeProblem.TOKEN_SUSPENDED;
      case ROTATED_OUT -> ExchangeProblem.TOKEN_ROTATED;
      case NO_ROLES_LEFT -> ExchangeProblem.NO_ROLES_LEFT;
      case OUT_OF_SCOPE -> ExchangeProblem.INVALID_SCOPE;
      case TOO_MANY_ROLES -> ExchangeProblem.TOO_MANY_ROLES;
      case TOO_MANY_EXCHANGES -> ExchangeProblem.TOO_MANY_EXCHANGES;
      case TOO_MANY_FAILURES -> ExchangeProblem.TOO_MANY_FAILURES;
      case BUSY -> HttpProblem.BUSY;
    };
  }
}
