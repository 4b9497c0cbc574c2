package dev.osmo.token.pat.store;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.problem.TokenProblem;

/**
 * The limit on secrets that a caller may create or resume: an own token has no more roles than the
 * JWT, and no token expires after the calling token.
 */
public record CallerLimit(CallerIdentity caller) {

  private static final Refusal WIDER =
      new Refusal(
          TokenProblem.EXCEEDS_LOGIN,
          "The token has roles that this JWT does not carry. Use a JWT with all of its roles.");

  public void requireCovers(TokenRow target) {
    boolean own = target.userId().equals(caller.userId());
    if (own && !caller.roles().containsAll(target.roles())) {
      throw WIDER.toException();
    }
    if (target.expiresAt().isAfter(caller.login().latestExpiry())) {
      throw new Refusal(
              TokenProblem.EXCEEDS_LOGIN,
              "The token expires at "
                  + target.expiresAt()
                  + ", after the calling access token ("
                  + caller.login().latestExpiry()
                  + "). Use an access token that expires later.")
          .toException();
    }
  }
}
