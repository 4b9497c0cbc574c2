package dev.osmo.exchange.oauth;

import dev.osmo.exchange.exchange.Exchange;
import dev.osmo.exchange.exchange.ExchangeOutcome.Refused;
import dev.osmo.exchange.exchange.Presentation;
import dev.osmo.exchange.exchange.Presentation.Standing;
import dev.osmo.exchange.exchange.Refusal;
import dev.osmo.exchange.jwt.IssuedJwt;
import dev.osmo.exchange.jwt.IssuedJwts;
import dev.osmo.exchange.oauth.Finding.Active;
import dev.osmo.exchange.oauth.Finding.Inactive;
import dev.osmo.exchange.oauth.Finding.NoAnswer;
import dev.osmo.exchange.pat.LivePats;
import dev.osmo.exchange.problem.ProblemType;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/** From any text to the living token that it is, by reads that begin now. */
@Singleton
class ActiveTokens {

  private final Exchange exchange;
  private final IssuedJwts issuedJwts;
  private final LivePats livePats;
  private final String issuer;

  ActiveTokens(
      Exchange exchange, IssuedJwts issuedJwts, LivePats livePats, AuthExchangeConfig config) {
    this.exchange = exchange;
    this.issuedJwts = issuedJwts;
    this.livePats = livePats;
    this.issuer = config.issuer();
  }

  Uni<Finding> find(String text) {
    return issuedJwts
        .recognise(text)
        .map(this::findJwt)
        .orElseGet(() -> exchange.present(text).chain(this::findPresented));
  }

  private Uni<Finding> findJwt(IssuedJwt jwt) {
    return livePats
        .find(jwt.patId(), jwt.userId())
        .map(found -> finding(found.flatMap(pat -> ActiveToken.of(jwt, pat))));
  }

  private Uni<Finding> findPresented(Presentation presentation) {
    return switch (presentation) {
      case Standing standing -> findPat(standing);
      case Refused(Refusal refusal, var unused) when refusal == Refusal.BUSY ->
          Uni.createFrom().item(new NoAnswer(ProblemType.BUSY));
      case Refused unused -> Uni.createFrom().item(new Inactive());
    };
  }

  private Uni<Finding> findPat(Standing standing) {
    return livePats
        .find(standing.pat().id().value(), standing.pat().owner().userId())
        .map(found -> finding(found.map(pat -> ActiveToken.of(standing, pat, issuer))));
  }

  private static Finding finding(Optional<ActiveToken> token) {
    return token.<Finding>map(Active::new).orElseGet(Inactive::new);
  }
}
