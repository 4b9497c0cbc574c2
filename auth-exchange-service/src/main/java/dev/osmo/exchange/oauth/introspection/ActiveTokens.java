package dev.osmo.exchange.oauth.introspection;

import dev.osmo.exchange.jwt.IssuedJwt;
import dev.osmo.exchange.jwt.IssuedJwts;
import dev.osmo.exchange.oauth.introspection.Finding.Active;
import dev.osmo.exchange.oauth.introspection.Finding.Inactive;
import dev.osmo.exchange.oauth.introspection.Finding.NoAnswer;
import dev.osmo.exchange.pat.LivePats;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.exchange.validation.Presentation;
import dev.osmo.exchange.validation.Presentation.Rejected;
import dev.osmo.exchange.validation.Presentation.Valid;
import dev.osmo.exchange.validation.Presentations;
import dev.osmo.exchange.validation.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;

/** From any text to the living token that it is, by reads that begin now. */
@Singleton
class ActiveTokens {

  private static final Finding TOO_MUCH_JUNK = new NoAnswer(Refusal.TOO_MANY_FAILURES.problem());

  private final Presentations presentations;
  private final IssuedJwts issuedJwts;
  private final LivePats livePats;
  private final String issuer;

  ActiveTokens(
      Presentations presentations,
      IssuedJwts issuedJwts,
      LivePats livePats,
      AuthExchangeConfig config) {
    this.presentations = presentations;
    this.issuedJwts = issuedJwts;
    this.livePats = livePats;
    this.issuer = config.issuer();
  }

  /**
   * What somebody shows as a credential; who shows too much junk is asked to wait, before any
   * signature is verified.
   */
  Uni<Finding> credential(String text) {
    return presentations.mayBeLookedAt(text)
        ? find(text, presentations::admit)
        : Uni.createFrom().item(TOO_MUCH_JUNK);
  }

  /** What somebody who has shown a good credential asks about. */
  Uni<Finding> subject(String text) {
    return find(text, presentations::examine);
  }

  private Uni<Finding> find(String text, Function<String, Uni<Presentation>> asPat) {
    return issuedJwts
        .recognise(text)
        .map(this::findJwt)
        .orElseGet(() -> asPat.apply(text).chain(this::findPresented));
  }

  private Uni<Finding> findJwt(IssuedJwt jwt) {
    return livePats
        .find(jwt.patId(), jwt.userId(), jwt.secretId())
        .map(found -> finding(found.flatMap(pat -> ActiveToken.of(jwt, pat))));
  }

  private Uni<Finding> findPresented(Presentation presentation) {
    return switch (presentation) {
      case Valid standing -> findPat(standing);
      case Rejected rejected -> Uni.createFrom().item(findingOf(rejected));
    };
  }

  private static Finding findingOf(Rejected rejected) {
    return rejected.refusal().isAboutTheToken()
        ? new Inactive()
        : new NoAnswer(rejected.refusal().problem());
  }

  private Uni<Finding> findPat(Valid standing) {
    return livePats
        .find(
            standing.pat().id().value(),
            standing.pat().owner().userId(),
            standing.pat().secret().id())
        .map(found -> finding(found.map(pat -> ActiveToken.of(standing, pat, issuer))));
  }

  private static Finding finding(Optional<ActiveToken> token) {
    return token.<Finding>map(Active::new).orElseGet(Inactive::new);
  }
}
