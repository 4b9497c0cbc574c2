package dev.osmo.token.pat.create;

import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import dev.osmo.pat.PatId;
import dev.osmo.token.audit.Actor;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.pat.rules.Description;
import dev.osmo.token.pat.rules.RequestedExpiry;
import dev.osmo.token.pat.rules.TokenName;
import dev.osmo.token.pat.store.NewTokenRow;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.roles.Assignment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A creation that is allowed: what will be written, word for word.
 *
 * @param parentId the token behind the login that made it, whoever owns it; null when a deployer
 *     installed it
 */
public record Creation(
    String ownerId,
    TokenName name,
    Description description,
    Instant expiresAt,
    @Nullable Instant renewableUntil,
    List<Assignment> roles,
    Actor createdBy,
    @Nullable String parentId) {

  public Creation {
    roles = List.copyOf(roles);
  }

  /**
   * The rules. Own tokens: no more roles and no later end than the login's token has. For another
   * user: administrators only, up to what that user holds, and no later end either.
   */
  public static Creation decide(NewToken wanted, CreationFacts facts) {
    CallerIdentity caller = facts.caller();
    refuseIfImpossible(wanted, facts);
    List<Assignment> roles =
        wanted
            .roles()
            .decide(
                facts.held(),
                role -> !facts.isForOneself() || caller.roles().contains(role.value()));
    caller.requireMayMakeSecrets();
    Instant expiresAt =
        wanted.expiry().decide(caller.asOf(), caller.pat().expiresAt(), facts.policy());
    return new Creation(
        facts.owner().id(),
        wanted.name(),
        wanted.description(),
        expiresAt,
        renewableUntil(wanted, facts, expiresAt),
        roles,
        caller.actor(),
        caller.pat().id());
  }

  NewTokenRow row(PatId id) {
    return new NewTokenRow(
        id.value(),
        ownerId,
        name.value(),
        description.text(),
        expiresAt,
        renewableUntil,
        createdBy.userId(),
        parentId);
  }

  /** A token that a deployer chose: all roles of its owner, the longest life. */
  static Creation installed(
      String ownerId, String name, List<Assignment> held, Actor by, Instant now) {
    return new Creation(
        ownerId,
        new TokenName(name),
        Description.of(null),
        now.plus(RequestedExpiry.LONGEST),
        null,
        held,
        by,
        null);
  }

  /** Like the end itself, it does not outlive the login's token. */
  private static @Nullable Instant renewableUntil(
      NewToken wanted, CreationFacts facts, Instant expiresAt) {
    if (wanted.renewableUntil().isEmpty()) {
      return null;
    }
    CallerIdentity caller = facts.caller();
    Instant until =
        RequestedExpiry.allowed(wanted.renewableUntil().get(), caller.asOf(), facts.policy());
    if (until.isBefore(expiresAt)) {
      throw new Refusal(
              TokenProblem.INVALID_FIELD,
              "renewable_until must not be before the token's end, which is " + expiresAt + ".")
          .toException();
    }
    return RequestedExpiry.requireNotAfter(until, caller.pat().expiresAt());
  }

  private static void refuseIfImpossible(NewToken wanted, CreationFacts facts) {
    if (!facts.isForOneself() && !facts.caller().isAdministrator()) {
      throw new Refusal(HttpProblem.FORBIDDEN, "Only administrators create tokens for other users.")
          .toException();
    }
    if (facts.owner().disabled()) {
      throw new Refusal(TokenProblem.USER_DISABLED, "User " + facts.owner().id() + " is disabled.")
          .toException();
    }
    if (facts.nameTaken()) {
      throw new Refusal(
              TokenProblem.TOKEN_EXISTS, "Token name " + wanted.name() + " already exists.")
          .toException();
    }
    if (facts.liveTokens() >= facts.policy().maxLiveTokens()) {
      throw new Refusal(
              TokenProblem.TOO_MANY_TOKENS,
              "User "
                  + facts.owner().id()
                  + " has "
                  + facts.liveTokens()
                  + " live tokens, and "
                  + facts.policy().maxLiveTokens()
                  + " is the limit. Delete one that is not needed.")
          .toException();
    }
  }
}
