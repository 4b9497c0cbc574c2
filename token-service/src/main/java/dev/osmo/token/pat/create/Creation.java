package dev.osmo.token.pat.create;

import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import dev.osmo.token.audit.Actor;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.CallingPat;
import dev.osmo.token.pat.rules.Description;
import dev.osmo.token.pat.rules.RequestedExpiry;
import dev.osmo.token.pat.rules.TokenName;
import dev.osmo.token.pat.rules.TokenPolicy;
import dev.osmo.token.problem.TokenProblem;
import dev.osmo.token.roles.Assignment;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An allowed creation: exactly what will be written.
 *
 * @param parentId the access token whose JWT creates this one, regardless of its owner; null in a
 *     session, and for a provisioned token
 * @param madeWith the secret that was exchanged for that JWT
 */
record Creation(
    String ownerId,
    TokenName name,
    Description description,
    Instant expiresAt,
    @Nullable Instant renewableUntil,
    List<Assignment> roles,
    Actor createdBy,
    @Nullable String parentId,
    @Nullable UUID madeWith) {

  Creation {
    roles = List.copyOf(roles);
  }

  /**
   * Decides. Own tokens get no more roles and no later expiry than the calling token. Only
   * administrators create tokens for other users, with roles that user holds, and with no later
   * expiry either.
   */
  static Creation decide(CreationRequest request, CreationFacts facts) {
    CallerIdentity caller = facts.caller();
    refuseIfImpossible(request, facts);
    List<Assignment> roles =
        request
            .roles()
            .decide(
                facts.held(), role -> !facts.isOwnToken() || caller.roles().contains(role.value()));
    caller.requireMayCreateSecrets();
    Instant expiresAt =
        request.expiry().decide(caller.asOf(), caller.login().latestExpiry(), facts.policy());
    return new Creation(
        facts.owner().id(),
        request.name(),
        request.description(),
        expiresAt,
        renewableUntil(request, facts, expiresAt),
        roles,
        caller.actor(),
        caller.pat().map(CallingPat::id).orElse(null),
        caller.login().secretId().orElse(null));
  }

  /** A provisioned token: all roles of its owner and the longest lifetime. */
  static Creation provisioned(
      String ownerId, String name, List<Assignment> held, Actor by, Instant now) {
    return new Creation(
        ownerId,
        new TokenName(name),
        Description.of(null),
        now.plus(RequestedExpiry.LONGEST),
        null,
        held,
        by,
        null,
        null);
  }

  /** Like the expiry, it is never later than the calling token's expiry. */
  private static @Nullable Instant renewableUntil(
      CreationRequest request, CreationFacts facts, Instant expiresAt) {
    if (request.renewableUntil().isEmpty()) {
      return null;
    }
    CallerIdentity caller = facts.caller();
    Instant until =
        RequestedExpiry.allowed(request.renewableUntil().get(), caller.asOf(), facts.policy());
    if (until.isBefore(expiresAt)) {
      throw new Refusal(
              TokenProblem.INVALID_FIELD,
              "renewable_until must not be before the token's expiry at " + expiresAt + ".")
          .toException();
    }
    return RequestedExpiry.requireNotAfter(until, caller.login().latestExpiry());
  }

  private static void refuseIfTooMany(CreationFacts facts) {
    TokenPolicy policy = facts.policy();
    if (facts.owned().live() >= policy.maxLiveTokens()) {
      throw tooMany(
          facts,
          facts.owned().live() + " tokens that are neither expired nor revoked",
          policy.maxLiveTokens());
    }
    if (facts.owned().stored() >= policy.maxTokens()) {
      throw tooMany(
          facts,
          facts.owned().stored() + " tokens, including expired and revoked ones",
          policy.maxTokens());
    }
  }

  private static RuntimeException tooMany(CreationFacts facts, String tokens, int limit) {
    return new Refusal(
            TokenProblem.TOO_MANY_TOKENS,
            "User %s has %s, and the limit is %d. Delete a token that is not needed."
                .formatted(facts.owner().id(), tokens, limit))
        .toException();
  }

  private static void refuseIfImpossible(CreationRequest request, CreationFacts facts) {
    if (!facts.isOwnToken() && !facts.caller().isAdministrator()) {
      throw new Refusal(
              HttpProblem.FORBIDDEN, "Only administrators can create tokens for other users.")
          .toException();
    }
    if (facts.owner().disabled()) {
      throw new Refusal(TokenProblem.USER_DISABLED, "User " + facts.owner().id() + " is disabled.")
          .toException();
    }
    if (facts.nameTaken()) {
      throw new Refusal(
              TokenProblem.TOKEN_EXISTS, "Token name " + request.name() + " already exists.")
          .toException();
    }
    refuseIfTooMany(facts);
  }
}
