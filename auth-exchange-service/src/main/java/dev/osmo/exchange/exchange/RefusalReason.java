package dev.osmo.exchange.exchange;

import dev.osmo.exchange.problem.ProblemType;
import java.util.Locale;

/**
 * Why a token is not exchanged. Only the caller that presented the exact secret learns a reason
 * other than the first.
 */
public enum RefusalReason {
  /** Malformed, unknown, deleted or forged: the response is the same. */
  INVALID(ProblemType.INVALID_TOKEN),
  OWNER_DISABLED(ProblemType.OWNER_DISABLED),
  REVOKED(ProblemType.TOKEN_REVOKED),
  EXPIRED(ProblemType.TOKEN_EXPIRED),
  SUSPENDED(ProblemType.TOKEN_SUSPENDED),
  ROTATED_OUT(ProblemType.TOKEN_ROTATED),
  NO_ROLES_LEFT(ProblemType.NO_ROLES_LEFT),
  OUT_OF_SCOPE(ProblemType.INVALID_SCOPE),
  TOO_MANY_ROLES(ProblemType.TOO_MANY_ROLES),
  TOO_MANY_EXCHANGES(ProblemType.TOO_MANY_EXCHANGES),
  /** The address has sent too many invalid tokens. Says nothing about this one. */
  TOO_MANY_FAILURES(ProblemType.TOO_MANY_FAILURES),
  /** The verification queue is full. Says nothing about the token. */
  BUSY(ProblemType.BUSY);

  private final ProblemType problem;

  RefusalReason(ProblemType problem) {
    this.problem = problem;
  }

  /** Whether the same token may be accepted a little later. */
  public boolean isTransient() {
    return switch (this) {
      case TOO_MANY_EXCHANGES, TOO_MANY_FAILURES, BUSY -> true;
      default -> false;
    };
  }

  /** The name in logs and metrics. */
  public String outcome() {
    return name().toLowerCase(Locale.ROOT);
  }

  public ProblemType problem() {
    return problem;
  }
}
