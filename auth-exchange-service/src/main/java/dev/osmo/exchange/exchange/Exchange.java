package dev.osmo.exchange.exchange;

import dev.osmo.exchange.exchange.ExchangeOutcome.Issued;
import dev.osmo.exchange.exchange.Validation.Valid;
import dev.osmo.exchange.jwt.JwtOrigin.OfPat;
import dev.osmo.exchange.jwt.JwtSigner;
import dev.osmo.exchange.jwt.JwtSubject;
import dev.osmo.exchange.pat.StoredPat;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges a credential of an access token for a JWT. The JWT has the roles that the validation
 * found, limited to those that the caller requests. Its {@code iat} is the database time at which
 * they were read.
 */
@ApplicationScoped
public class Exchange {

  private final PatValidation validation;
  private final WorkloadValidation workloads;
  private final JwtSigner signer;
  private final ExchangeRecord record;
  private final Explanation explanation;

  Exchange(
      PatValidation validation,
      WorkloadValidation workloads,
      JwtSigner signer,
      ExchangeRecord record,
      Explanation explanation) {
    this.validation = validation;
    this.workloads = workloads;
    this.signer = signer;
    this.record = record;
    this.explanation = explanation;
  }

  /** Exchanges an access token. */
  public Uni<ExchangeOutcome> exchange(String text, Downscope downscope) {
    return exchange(() -> validation.validateForExchange(text), downscope);
  }

  /** Exchanges the token of a workload for a JWT of the access token that trusts the workload. */
  public Uni<ExchangeOutcome> exchange(WorkloadCredential credential, Downscope downscope) {
    return exchange(() -> workloads.validateForExchange(credential), downscope);
  }

  private Uni<ExchangeOutcome> exchange(Supplier<Uni<Validation>> validating, Downscope downscope) {
    Timer.Sample started = Timer.start();
    return validating
        .get()
        .map(validation -> issue(validation, downscope))
        .call(record::writeFirstUse)
        .invoke(outcome -> record.completed(outcome, started))
        .onFailure()
        .invoke(() -> record.failed(started))
        .chain(explanation::explain);
  }

  private ExchangeOutcome issue(Validation validation, Downscope downscope) {
    return switch (validation) {
      case Refused refused -> refused;
      case Valid valid -> sign(valid, downscope);
    };
  }

  private ExchangeOutcome sign(Valid valid, Downscope downscope) {
    StoredPat stored = valid.pat();
    List<String> roles = downscope.applyTo(stored.roles());
    return roles.isEmpty()
        ? new Refused(RefusalReason.OUT_OF_SCOPE, stored)
        : signer
            .sign(subject(valid, roles, downscope.audience()))
            .<ExchangeOutcome>map(jwt -> new Issued(jwt, stored, roles))
            .orElseGet(() -> new Refused(RefusalReason.TOO_MANY_ROLES, stored));
  }

  private static JwtSubject subject(Valid valid, List<String> roles, @Nullable String audience) {
    StoredPat stored = valid.pat();
    return new JwtSubject(
        stored.owner().userId(),
        new OfPat(stored.id().value(), stored.credential().id(), stored.name()),
        roles,
        audience,
        stored.readAt(),
        valid.until());
  }
}
