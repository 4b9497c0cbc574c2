package dev.osmo.exchange.exchange;

import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.http.problem.DetailedProblem;
import dev.osmo.http.problem.HttpProblem;
import java.util.Locale;

/**
 * Why a token is not exchanged. Only the caller that presented the exact secret learns a reason
 * other than the first.
 */
public enum RefusalReason {
  /** Malformed, unknown, deleted or forged: the response is the same. */
  INVALID,
  /**
   * The workload's token is not valid, or the access token that it names does not exist or does not
   * trust it: the response is the same.
   */
  UNTRUSTED_WORKLOAD,
  OWNER_DISABLED,
  REVOKED,
  EXPIRED,
  SUSPENDED,
  ROTATED_OUT,
  NO_ROLES_LEFT,
  /** The provider has not confirmed the owner for too long. */
  OWNER_MUST_SIGN_IN,
  OUT_OF_SCOPE,
  TOO_MANY_ROLES,
  TOO_MANY_EXCHANGES,
  /** The address has sent too many invalid tokens. This token was not checked. */
  TOO_MANY_FAILURES,
  /** The verification queue is full. The token was not verified. */
  BUSY,
  /** The keys of the workload's issuer cannot be read. */
  ISSUER_UNAVAILABLE;

  /** Whether the same token may be accepted later. */
  public boolean isTransient() {
    return switch (this) {
      case TOO_MANY_EXCHANGES, TOO_MANY_FAILURES, BUSY, ISSUER_UNAVAILABLE -> true;
      default -> false;
    };
  }

  /** The name in logs and metrics. */
  public String outcome() {
    return name().toLowerCase(Locale.ROOT);
  }

  public DetailedProblem problem() {
    return switch (this) {
      case INVALID -> ExchangeProblem.INVALID_TOKEN;
      case UNTRUSTED_WORKLOAD -> ExchangeProblem.UNTRUSTED_WORKLOAD;
      case OWNER_DISABLED -> ExchangeProblem.OWNER_DISABLED;
      case REVOKED -> ExchangeProblem.TOKEN_REVOKED;
      case EXPIRED -> ExchangeProblem.TOKEN_EXPIRED;
      case SUSPENDED -> ExchangeProblem.TOKEN_SUSPENDED;
      case ROTATED_OUT -> ExchangeProblem.TOKEN_ROTATED;
      case NO_ROLES_LEFT -> ExchangeProblem.NO_ROLES_LEFT;
      case OWNER_MUST_SIGN_IN -> ExchangeProblem.OWNER_MUST_SIGN_IN;
      case OUT_OF_SCOPE -> ExchangeProblem.INVALID_SCOPE;
      case TOO_MANY_ROLES -> ExchangeProblem.TOO_MANY_ROLES;
      case TOO_MANY_EXCHANGES -> ExchangeProblem.TOO_MANY_EXCHANGES;
      case TOO_MANY_FAILURES -> ExchangeProblem.TOO_MANY_FAILURES;
      case BUSY -> HttpProblem.BUSY;
      case ISSUER_UNAVAILABLE -> ExchangeProblem.ISSUER_UNAVAILABLE;
    };
  }
}
