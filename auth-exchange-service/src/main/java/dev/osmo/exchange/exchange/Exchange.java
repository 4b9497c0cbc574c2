package dev.osmo.exchange.exchange;

import dev.osmo.exchange.exchange.ExchangeOutcome.Issued;
import dev.osmo.exchange.exchange.ExchangeOutcome.Refused;
import dev.osmo.exchange.jwt.JwtSigner;
import dev.osmo.exchange.jwt.JwtSubject;
import dev.osmo.exchange.pat.StoredPat;
import dev.osmo.exchange.validation.Presentation;
import dev.osmo.exchange.validation.Presentation.Rejected;
import dev.osmo.exchange.validation.Presentation.Valid;
import dev.osmo.exchange.validation.Presentations;
import dev.osmo.exchange.validation.Refusal;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Presented text in, JWT or refusal out. The roles are those of {@link Presentations}, less what
 * the caller does not want; {@code iat} is the database time at which they were read.
 */
@Singleton
public class Exchange {

  private final Presentations presentations;
  private final JwtSigner signer;
  private final ExchangeRecord record;

  Exchange(Presentations presentations, JwtSigner signer, ExchangeRecord record) {
    this.presentations = presentations;
    this.signer = signer;
    this.record = record;
  }

  /** A JWT with what is left of the token's rights after the narrowing. */
  public Uni<ExchangeOutcome> exchange(String text, Downscope narrowing) {
    Timer.Sample started = Timer.start();
    return presentations
        .present(text)
        .map(presentation -> issue(presentation, narrowing))
        .call(record::beforeTheAnswer)
        .invoke(outcome -> record.answered(outcome, started))
        .onFailure()
        .invoke(() -> record.failed(started));
  }

  private ExchangeOutcome issue(Presentation presentation, Downscope narrowing) {
    return switch (presentation) {
      case Rejected rejected -> new Refused(rejected.refusal(), rejected.pat());
      case Valid standing -> sign(standing, narrowing);
    };
  }

  private ExchangeOutcome sign(Valid standing, Downscope narrowing) {
    StoredPat stored = standing.pat();
    List<String> roles = narrowing.of(stored.roles());
    return roles.isEmpty()
        ? new Refused(Refusal.OUT_OF_SCOPE, stored)
        : signer
            .sign(subject(standing, roles, narrowing.audience()))
            .<ExchangeOutcome>map(jwt -> new Issued(jwt, stored, roles))
            .orElseGet(() -> new Refused(Refusal.TOO_MANY_ROLES, stored));
  }

  private static JwtSubject subject(Valid standing, List<String> roles, @Nullable String audience) {
    StoredPat stored = standing.pat();
    return new JwtSubject(
        stored.owner().userId(),
        stored.id().value(),
        stored.secret().id(),
        stored.name(),
        roles,
        audience,
        stored.readAt(),
        standing.until());
  }
}
