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
   * @param isFinal whether this refresh token will never be accepted again
   */
  record NotSignedIn(DetailedProblem problem, String detail, boolean isFinal)
      implements SignInOutcome {

    /** After every other one the same refresh may succeed, for example with other roles. */
    private static final Set<DetailedProblem> FINAL =
        Set.of(
            ExchangeProblem.SESSION_ENDED,
            ExchangeProblem.SIGN_IN_AGAIN,
            ExchangeProblem.REFRESH_TOKEN_INVALID);

    NotSignedIn(DetailedProblem problem, String detail) {
      this(problem, detail, FINAL.contains(problem));
    }

    static NotSignedIn because(DetailedProblem problem) {
      return new NotSignedIn(problem, problem.detail());
    }

    /** This replica does not accept it now; another one may, or this one later. */
    static NotSignedIn forNow(DetailedProblem problem) {
      return new NotSignedIn(problem, problem.detail(), false);
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
