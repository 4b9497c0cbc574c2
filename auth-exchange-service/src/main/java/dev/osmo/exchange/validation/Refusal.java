package dev.osmo.exchange.validation;

import dev.osmo.exchange.problem.ProblemType;
import java.util.Locale;

/**
 * Why a token is not exchanged. All but the first are told only to who presented the exact secret.
 */
public enum Refusal {
  /** Malformed, unknown, deleted, forged: alike from outside. */
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
  /** Not a judgement of the token: its sender sent too many others. */
  TOO_MANY_FAILURES(ProblemType.TOO_MANY_FAILURES),
  /** Not a judgement of the token: there was no time to verify it. */
  BUSY(ProblemType.BUSY);

  private final ProblemType problem;

  Refusal(ProblemType problem) {
    this.problem = problem;
  }

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

  public ProblemType problem() {
    return problem;
  }
}
