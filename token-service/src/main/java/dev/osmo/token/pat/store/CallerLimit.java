package dev.osmo.token.pat.store;

import dev.osmo.http.problem.Refusal;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.problem.TokenProblem;

/**
 * What a login may bring to life: an own token that is no wider than this very JWT, and nobody's
 * token that outlives the login's.
 */
public record CallerLimit(CallerIdentity caller) {

  private static final Refusal WIDER =
      new Refusal(
          TokenProblem.EXCEEDS_LOGIN,
          "The token has roles that this login does not carry. Use a login that carries them all.");

  public void requireCovers(TokenRow target) {
    boolean own = target.userId().equals(caller.userId());
    if (own && !caller.roles().containsAll(target.roles())) {
      throw WIDER.toException();
    }
    if (target.expiresAt().isAfter(caller.pat().expiresAt())) {
      throw new Refusal(
              TokenProblem.EXCEEDS_LOGIN,
              "The token expires at "
                  + target.expiresAt()
                  + ", after the one behind this login ("
                  + caller.pat().expiresAt()
                  + "). Use a login that lives as long.")
          .toException();
    }
  }
}
