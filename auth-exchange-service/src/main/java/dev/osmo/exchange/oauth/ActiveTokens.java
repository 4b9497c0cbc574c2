package dev.osmo.exchange.oauth;

import dev.osmo.exchange.exchange.ExchangeOutcome.Refused;
import dev.osmo.exchange.exchange.Presentation;
import dev.osmo.exchange.exchange.Presentation.Standing;
import dev.osmo.exchange.exchange.Presentations;
import dev.osmo.exchange.jwt.IssuedJwt;
import dev.osmo.exchange.jwt.IssuedJwts;
import dev.osmo.exchange.oauth.Finding.Active;
import dev.osmo.exchange.oauth.Finding.Inactive;
import dev.osmo.exchange.oauth.Finding.NoAnswer;
import dev.osmo.exchange.pat.LivePats;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;

/** From any text to the living token that it is, by reads that begin now. */
@Singleton
class ActiveTokens {

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

  /** What somebody shows as a credential; who shows too much junk is asked to wait. */
  Uni<Finding> credential(String text) {
    return find(text, presentations::admit);
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
      case Standing standing -> findPat(standing);
      case Refused refused -> Uni.createFrom().item(findingOf(refused));
    };
  }

  private static Finding findingOf(Refused refused) {
    return refused.refusal().isAboutTheToken()
        ? new Inactive()
        : new NoAnswer(refused.refusal().problem());
  }

  private Uni<Finding> findPat(Standing standing) {
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
