package dev.osmo.token.signin;

import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import dev.osmo.token.input.TextInput;
import dev.osmo.token.problem.TokenProblem;

/**
 * Why a sign-in is refused. Whoever has a valid ID token learns what to do; everybody else learns
 * nothing.
 */
final class SignInRefusals {

  static final Refusal INVALID =
      new Refusal(TokenProblem.ID_TOKEN_INVALID, "The ID token is not valid. Sign in again.");
  static final Refusal NO_KEYS =
      new Refusal(
          TokenProblem.ISSUER_UNAVAILABLE,
          "The keys of the identity provider cannot be read at the moment. Try again in a moment.");
  static final Refusal SESSION_ENDED =
      new Refusal(
          TokenProblem.SESSION_ENDED,
          "This session has ended or belongs to another login. Sign in again.");
  static final Refusal AT_THE_SAME_TIME =
      new Refusal(
          HttpProblem.BUSY, "This person signs in elsewhere at the moment. Try again in a moment.");

  static Refusal unusableId(String claim) {
    return new Refusal(
        TokenProblem.SIGN_IN_REFUSED,
        "The identity provider gives no user id that can be used here: the claim "
            + claim
            + " is missing, not verified or does not have the form of a user id. Ask an administrator.");
  }

  static Refusal unknown(String userId) {
    return refused(userId, "does not exist here. Ask an administrator to create this user.");
  }

  static Refusal notLinked(String userId) {
    return refused(
        userId,
        "exists and is not linked to this account of the identity provider. Ask an administrator.");
  }

  static Refusal disabled(String userId) {
    return refused(userId, "is disabled. Ask an administrator.");
  }

  private static Refusal refused(String userId, String why) {
    return new Refusal(
        TokenProblem.SIGN_IN_REFUSED, "User " + TextInput.printable(userId) + " " + why);
  }

  private SignInRefusals() {}
}
