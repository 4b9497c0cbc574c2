package dev.osmo.exchange.oauth;

import dev.osmo.exchange.exchange.BearerCredential;
import dev.osmo.exchange.oauth.Finding.Active;
import dev.osmo.exchange.oauth.Finding.Inactive;
import dev.osmo.exchange.oauth.Finding.NoAnswer;
import dev.osmo.exchange.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/**
 * Tells who may know what a token is worth now. The caller's own credential is judged by the same
 * reading as the token it asks about: a dead one asks in vain.
 */
@Singleton
class Introspection {

  private static final Finding NOBODY = new NoAnswer(ProblemType.UNAUTHENTICATED);

  private final ActiveTokens activeTokens;
  private final Targets targets;

  Introspection(ActiveTokens activeTokens, Targets targets) {
    this.activeTokens = activeTokens;
    this.targets = targets;
  }

  Uni<Finding> introspect(BearerCredential credential, String token) {
    return activeTokens.find(credential.text()).chain(caller -> introspectFor(caller, token));
  }

  private Uni<Finding> introspectFor(Finding caller, String token) {
    return switch (caller) {
      case Active(ActiveToken known) when mayCall(known) -> introspectFor(callerOf(known), token);
      case Active ignored -> Uni.createFrom().item(NOBODY);
      case Inactive ignored -> Uni.createFrom().item(NOBODY);
      case NoAnswer none -> Uni.createFrom().item(none);
    };
  }

  private Uni<Finding> introspectFor(Caller caller, String token) {
    return activeTokens.find(token).map(finding -> toldTo(caller, finding));
  }

  private static Finding toldTo(Caller caller, Finding finding) {
    return finding instanceof Active(ActiveToken token) && !caller.mayKnow(token.owner())
        ? new Inactive()
        : finding;
  }

  /** A JWT for somebody else is not for us: its receiver must not ask with it. */
  private boolean mayCall(ActiveToken credential) {
    return credential.type() == TokenType.PAT || targets.isOurs(credential.audience());
  }

  private static Caller callerOf(ActiveToken credential) {
    return new Caller(credential.owner(), credential.roles());
  }
}
