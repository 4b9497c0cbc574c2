package dev.osmo.exchange.signin;

import dev.osmo.exchange.jwt.SignedJwt;
import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.exchange.session.StoredSession;
import dev.osmo.http.problem.DetailedProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The result of a sign-in or of a refresh. */
public sealed interface SignInOutcome {

  /**
   * A JWT was signed for the session.
   *
   * @param roles the roles in the JWT, sorted
   * @param refreshToken empty if the provider gave none
   */
  record SignedIn(
      SignedJwt jwt, StoredSession session, List<String> roles, Optional<RefreshToken> refreshToken)
      implements SignInOutcome {

    public SignedIn {
      roles = List.copyOf(roles);
    }

    SignedIn with(Optional<RefreshToken> token) {
      return new SignedIn(jwt, session, roles, token);
    }
  }

  /**
   * No JWT was signed.
   *
   * @param detail for the person
   */
  record NotSignedIn(DetailedProblem problem, String detail) implements SignInOutcome {

    /**
     * Refusals after which the session goes on: with other roles, or when the clock of the provider
     * no longer differs, the same refresh succeeds.
     */
    private static final Set<DetailedProblem> MAY_PASS =
        Set.of(
            ExchangeProblem.INVALID_SCOPE,
            ExchangeProblem.TOO_MANY_ROLES,
            ExchangeProblem.NO_ROLES_LEFT,
            ExchangeProblem.ID_TOKEN_INVALID);

    static NotSignedIn because(DetailedProblem problem) {
      return new NotSignedIn(problem, problem.detail());
    }

    /**
     * Whether the same refresh may succeed later: after a failure, a limit or a change of roles.
     */
    public boolean mayPass() {
      return problem.status() == 429 || problem.status() == 503 || MAY_PASS.contains(problem);
    }

    /** Whether the credential was wrong, which counts as a failure of the caller's address. */
    boolean isFailure() {
      return problem == ExchangeProblem.SIGN_IN_CODE_INVALID
          || problem == ExchangeProblem.ID_TOKEN_INVALID
          || problem == ExchangeProblem.REFRESH_TOKEN_INVALID
          || problem == ExchangeProblem.UNKNOWN_CLIENT;
    }
  }
}
