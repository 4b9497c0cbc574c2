package dev.osmo.exchange.oauth.introspection;

import dev.osmo.exchange.exchange.PatValidation;
import dev.osmo.exchange.exchange.RefusalReason;
import dev.osmo.exchange.exchange.Refused;
import dev.osmo.exchange.exchange.Validation;
import dev.osmo.exchange.exchange.Validation.Valid;
import dev.osmo.exchange.jwt.IssuedJwt;
import dev.osmo.exchange.jwt.IssuedJwt.Origin.OfPat;
import dev.osmo.exchange.jwt.IssuedJwt.Origin.OfSession;
import dev.osmo.exchange.jwt.IssuedJwts;
import dev.osmo.exchange.lastuse.Uses;
import dev.osmo.exchange.oauth.introspection.IntrospectionResult.Active;
import dev.osmo.exchange.oauth.introspection.IntrospectionResult.Inactive;
import dev.osmo.exchange.oauth.introspection.IntrospectionResult.RefusedRequest;
import dev.osmo.exchange.pat.LivePats;
import dev.osmo.exchange.pat.StoredPat;
import dev.osmo.exchange.session.StoredSessions;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;

/** Finds the active token of a presented text. Every read starts after the request arrived. */
@ApplicationScoped
class ActiveTokens {

  private static final IntrospectionResult TOO_MANY_FAILURES =
      new RefusedRequest(RefusalReason.TOO_MANY_FAILURES.problem());

  private final PatValidation validation;
  private final IssuedJwts issuedJwts;
  private final LivePats livePats;
  private final StoredSessions sessions;
  private final Uses uses;
  private final String issuer;

  ActiveTokens(
      PatValidation validation,
      IssuedJwts issuedJwts,
      LivePats livePats,
      StoredSessions sessions,
      Uses uses,
      AuthExchangeConfig config) {
    this.validation = validation;
    this.issuedJwts = issuedJwts;
    this.livePats = livePats;
    this.sessions = sessions;
    this.uses = uses;
    this.issuer = config.issuer();
  }

  /** The caller's credential. The limit of failures applies before any signature is verified. */
  Uni<IntrospectionResult> credential(String text) {
    return validation.isAdmitted(text)
        ? find(text, pat -> validation.validateCredential(pat).call(this::recordUse))
        : Uni.createFrom().item(TOO_MANY_FAILURES);
  }

  /** A token that is used only here must not look unused. */
  private Uni<Void> recordUse(Validation validation) {
    return validation instanceof Valid(StoredPat pat, var ignored)
        ? uses.record(pat.credential().id(), pat.credential().firstUsedAt() == null, pat.readAt())
        : Uni.createFrom().voidItem();
  }

  /** The token that an authenticated caller introspects. */
  Uni<IntrospectionResult> subject(String text) {
    return find(text, validation::validateSubject);
  }

  private Uni<IntrospectionResult> find(
      String text, Function<String, Uni<Validation>> validatePat) {
    return issuedJwts
        .verify(text)
        .map(this::findJwt)
        .orElseGet(() -> validatePat.apply(text).map(this::result));
  }

  private Uni<IntrospectionResult> findJwt(IssuedJwt jwt) {
    return switch (jwt.origin()) {
      case OfPat(var patId, var secretId) ->
          livePats
              .find(patId, jwt.userId(), secretId)
              .map(found -> result(found.flatMap(pat -> ActiveToken.of(jwt, pat))));
      case OfSession(var sessionId) ->
          sessions
              .find(sessionId)
              .map(found -> result(found.flatMap(session -> ActiveToken.of(jwt, session))));
    };
  }

  private IntrospectionResult result(Validation validation) {
    return switch (validation) {
      case Valid valid -> new Active(ActiveToken.of(valid, issuer));
      case Refused refused -> result(refused.reason());
    };
  }

  private static IntrospectionResult result(RefusalReason reason) {
    return reason.isTransient() ? new RefusedRequest(reason.problem()) : new Inactive();
  }

  private static IntrospectionResult result(Optional<ActiveToken> token) {
    return token.<IntrospectionResult>map(Active::new).orElseGet(Inactive::new);
  }
}
