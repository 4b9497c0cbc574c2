package dev.osmo.exchange.oauth.introspection;

import dev.osmo.exchange.limits.Limits;
import dev.osmo.exchange.oauth.Targets;
import dev.osmo.exchange.oauth.TokenType;
import dev.osmo.exchange.oauth.introspection.Finding.Active;
import dev.osmo.exchange.oauth.introspection.Finding.Inactive;
import dev.osmo.exchange.oauth.introspection.Finding.NoAnswer;
import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.web.BearerCredential;
import dev.osmo.pat.PatId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/**
 * Tells who may know what a token is worth now. The caller's own credential is judged by the same
 * reading as the token it asks about: a dead one asks in vain.
 */
@Singleton
class Introspection {

  private static final Finding NOBODY = new NoAnswer(HttpProblem.UNAUTHENTICATED);
  private static final Finding TOO_OFTEN = new NoAnswer(ExchangeProblem.TOO_MANY_INTROSPECTIONS);

  private final ActiveTokens activeTokens;
  private final Targets targets;
  private final Limits limits;

  Introspection(ActiveTokens activeTokens, Targets targets, Limits limits) {
    this.activeTokens = activeTokens;
    this.targets = targets;
    this.limits = limits;
  }

  Uni<Finding> introspect(BearerCredential credential, String token) {
    return activeTokens.credential(credential.text()).chain(shown -> introspectFor(shown, token));
  }

  private Uni<Finding> introspectFor(Finding shown, String token) {
    return switch (shown) {
      case Active(ActiveToken credential) when mayAsk(credential) -> ask(credential, token);
      case Active ignored -> Uni.createFrom().item(NOBODY);
      case Inactive ignored -> Uni.createFrom().item(NOBODY);
      case NoAnswer none -> Uni.createFrom().item(none);
    };
  }

  private Uni<Finding> ask(ActiveToken credential, String token) {
    Asker asker = new Asker(credential.owner(), credential.roles());
    return limits.caller().spendIntrospection(new PatId(credential.patId()))
        ? activeTokens.subject(token).map(finding -> toldTo(asker, finding))
        : Uni.createFrom().item(TOO_OFTEN);
  }

  private static Finding toldTo(Asker asker, Finding finding) {
    return finding instanceof Active(ActiveToken token) && !asker.mayKnow(token.owner())
        ? new Inactive()
        : finding;
  }

  /** A JWT for somebody else is not for us: its receiver must not ask with it. */
  private boolean mayAsk(ActiveToken credential) {
    return credential.type() == TokenType.PAT || targets.isOurs(credential.audience());
  }
}
