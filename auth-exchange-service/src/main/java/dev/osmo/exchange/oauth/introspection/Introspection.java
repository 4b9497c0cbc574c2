package dev.osmo.exchange.oauth.introspection;

import dev.osmo.exchange.limits.Caller;
import dev.osmo.exchange.limits.Limits;
import dev.osmo.exchange.oauth.AllowedTargets;
import dev.osmo.exchange.oauth.TokenType;
import dev.osmo.exchange.oauth.introspection.ActiveToken.Origin.OfPat;
import dev.osmo.exchange.oauth.introspection.ActiveToken.Origin.OfSession;
import dev.osmo.exchange.oauth.introspection.IntrospectionResult.Active;
import dev.osmo.exchange.oauth.introspection.IntrospectionResult.Inactive;
import dev.osmo.exchange.oauth.introspection.IntrospectionResult.RefusedRequest;
import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.http.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Decides who may introspect which token. The caller's own credential is looked up in the same way
 * as the token, so an expired or revoked one gets 401.
 */
@ApplicationScoped
class Introspection {

  private static final IntrospectionResult UNAUTHENTICATED =
      new RefusedRequest(HttpProblem.UNAUTHENTICATED);
  private static final IntrospectionResult TOO_MANY_INTROSPECTIONS =
      new RefusedRequest(ExchangeProblem.TOO_MANY_INTROSPECTIONS);

  private final ActiveTokens activeTokens;
  private final AllowedTargets targets;
  private final Limits limits;

  Introspection(ActiveTokens activeTokens, AllowedTargets targets, Limits limits) {
    this.activeTokens = activeTokens;
    this.targets = targets;
    this.limits = limits;
  }

  Uni<IntrospectionResult> introspect(CallerCredential credential, String token) {
    Caller sender = limits.caller();
    return activeTokens
        .credential(credential.text())
        .chain(caller -> introspectAs(caller, token, sender));
  }

  private Uni<IntrospectionResult> introspectAs(
      IntrospectionResult caller, String token, Caller sender) {
    return switch (caller) {
      case Active(ActiveToken credential) when isForUs(credential) ->
          find(credential, token, sender);
      case Active ignored -> Uni.createFrom().item(UNAUTHENTICATED);
      case Inactive ignored -> Uni.createFrom().item(UNAUTHENTICATED);
      case RefusedRequest refused -> Uni.createFrom().item(refused);
    };
  }

  private Uni<IntrospectionResult> find(ActiveToken credential, String token, Caller sender) {
    return spend(sender, credential.origin())
        ? activeTokens.subject(token).map(result -> visibleTo(credential, result))
        : Uni.createFrom().item(TOO_MANY_INTROSPECTIONS);
  }

  private static boolean spend(Caller sender, ActiveToken.Origin origin) {
    return switch (origin) {
      case OfPat(var pat) -> sender.spendIntrospection(pat);
      case OfSession(var session, var ignored) -> sender.spendIntrospection(session);
    };
  }

  private static IntrospectionResult visibleTo(ActiveToken credential, IntrospectionResult result) {
    return result instanceof Active(ActiveToken token) && !credential.mayInspect(token)
        ? new Inactive()
        : result;
  }

  /** A JWT for another audience is not a credential here: its receiver must not use it. */
  private boolean isForUs(ActiveToken credential) {
    return credential.type() == TokenType.PAT || targets.isOurs(credential.audience());
  }
}
