package dev.osmo.token.signin;

import dev.osmo.http.issuer.IdentityProvider;
import dev.osmo.http.issuer.IdentityProviders;
import dev.osmo.http.issuer.IssuedTokens;
import dev.osmo.http.issuer.TokenCheck;
import dev.osmo.http.issuer.TokenCheck.Busy;
import dev.osmo.http.issuer.TokenCheck.KeysUnavailable;
import dev.osmo.http.issuer.TokenCheck.NotVerified;
import dev.osmo.http.issuer.TokenCheck.Verified;
import dev.osmo.http.issuer.VerifiedToken;
import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import dev.osmo.token.input.TextInput;
import dev.osmo.token.settings.TokenServiceSettings;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Verifies ID tokens with the keys of their own provider. Every fault gets the same refusal; the
 * log has the reason.
 */
@ApplicationScoped
class IdTokens {

  private static final Logger LOG = Logger.getLogger(IdTokens.class);
  private static final int LONGEST_REASON = 200;

  /** A token may name some hundred groups. */
  private static final int LONGEST = 16_384;

  private final IdentityProviders providers;
  private final IssuedTokens tokens;

  IdTokens(IdentityProviders providers, TokenServiceSettings settings) {
    this.providers = providers;
    this.tokens =
        new IssuedTokens(
            providers.all(),
            "id-token",
            settings.signIn().threads(),
            settings.signIn().queue(),
            LONGEST);
  }

  /** Fails with a refusal if the token is not acceptable, or if nobody can know it now. */
  Uni<IdToken> verify(PresentedIdToken presented) {
    return tokens.verify(presented.text()).map(check -> accepted(check, presented));
  }

  private IdToken accepted(TokenCheck check, PresentedIdToken presented) {
    return switch (check) {
      case Verified(VerifiedToken token) -> accepted(token, presented);
      case NotVerified(String reason) -> throw invalid(reason);
      case KeysUnavailable ignored -> throw SignInRefusals.NO_KEYS.toException();
      case Busy ignored -> throw Refusal.of(HttpProblem.BUSY).toException();
    };
  }

  private IdToken accepted(VerifiedToken token, PresentedIdToken presented) {
    IdentityProvider provider = providers.find(token.issuer()).orElseThrow();
    Optional<String> flaw = IdToken.flaw(token, provider, presented);
    if (flaw.isPresent()) {
      throw invalid(flaw.get());
    }
    return new IdToken(provider, token);
  }

  /** The reason may repeat a header of the token, which is not signed. */
  static RuntimeException invalid(String reason) {
    String shown = TextInput.printable(reason);
    LOG.infof(
        "ID token refused: reason=%s",
        shown.substring(0, Math.min(shown.length(), LONGEST_REASON)));
    return SignInRefusals.INVALID.toException();
  }

  @PreDestroy
  void stop() {
    tokens.close();
  }
}
