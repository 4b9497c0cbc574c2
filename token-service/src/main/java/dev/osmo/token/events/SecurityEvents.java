package dev.osmo.token.events;

import dev.osmo.http.issuer.EventTransmitter;
import dev.osmo.http.issuer.EventTransmitters;
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
import dev.osmo.token.problem.TokenProblem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Verifies security event tokens with the keys of their own transmitter. */
@ApplicationScoped
class SecurityEvents {

  private static final Logger LOG = Logger.getLogger(SecurityEvents.class);
  private static final int LONGEST_REASON = 200;
  private static final int LONGEST = 16_384;
  private static final int THREADS = 1;
  private static final int QUEUE = 32;
  private static final Refusal NOT_VERIFIED =
      EventProblem.AUTHENTICATION_FAILED.because("The event is not that of a known transmitter.");
  private static final Refusal NO_KEYS =
      new Refusal(
          TokenProblem.ISSUER_UNAVAILABLE,
          "The keys of the transmitter cannot be read at the moment. Try again in a moment.");
  private static final Refusal OTHER_AUDIENCE =
      EventProblem.INVALID_AUDIENCE.because("The event is for another recipient.");

  private final EventTransmitters transmitters;
  private final IssuedTokens tokens;

  SecurityEvents(EventTransmitters transmitters) {
    this.transmitters = transmitters;
    this.tokens = new IssuedTokens(transmitters.all(), "security-event", THREADS, QUEUE, LONGEST);
  }

  /** Fails with a refusal if the event is not acceptable, or if nobody can know it now. */
  Uni<SecurityEvent> verify(String text) {
    return tokens.verify(text.strip()).map(SecurityEvents::verified).map(this::event);
  }

  private static VerifiedToken verified(TokenCheck check) {
    return switch (check) {
      case Verified(VerifiedToken token) -> token;
      case NotVerified(String reason) -> throw refused(reason);
      case KeysUnavailable ignored -> throw NO_KEYS.toException();
      case Busy ignored -> throw Refusal.of(HttpProblem.BUSY).toException();
    };
  }

  private SecurityEvent event(VerifiedToken token) {
    EventTransmitter transmitter = transmitters.find(token.issuer()).orElseThrow();
    if (!transmitter.audience().equals(token.audience())) {
      throw OTHER_AUDIENCE.toException();
    }
    return SecurityEvent.of(token, transmitter);
  }

  /** The reason may repeat a header of the token, which is not signed. */
  private static RuntimeException refused(String reason) {
    String shown = TextInput.printable(reason);
    LOG.infof(
        "security event refused: reason=%s",
        shown.substring(0, Math.min(shown.length(), LONGEST_REASON)));
    return NOT_VERIFIED.toException();
  }

  @PreDestroy
  void stop() {
    tokens.close();
  }
}
