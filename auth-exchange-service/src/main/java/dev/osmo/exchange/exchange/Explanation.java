package dev.osmo.exchange.exchange;

import dev.osmo.exchange.pat.RefusalFacts;
import dev.osmo.exchange.pat.RefusalFacts.Cause;
import dev.osmo.exchange.pat.SecretReuse;
import dev.osmo.exchange.pat.StoredPat;
import dev.osmo.http.denial.Denial;
import dev.osmo.http.denial.DenialFacts;
import dev.osmo.http.denial.DenialReason;
import dev.osmo.http.denial.RemovedRole;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Explains a refusal to the caller that presented the exact secret. A refusal without such a secret
 * is never explained. A secret that a rotation has ended is also recorded as a sign of theft. If
 * the explanation cannot be read, the refusal stays as it is.
 */
@Singleton
class Explanation {

  private static final Logger LOG = Logger.getLogger(Explanation.class);

  private final RefusalFacts facts;
  private final SecretReuse reuse;

  Explanation(RefusalFacts facts, SecretReuse reuse) {
    this.facts = facts;
    this.reuse = reuse;
  }

  Uni<ExchangeOutcome> explain(ExchangeOutcome outcome) {
    return outcome instanceof Refused refused
        ? explained(refused).map(explained -> explained)
        : Uni.createFrom().item(outcome);
  }

  private Uni<Refused> explained(Refused refused) {
    StoredPat pat = refused.pat();
    Optional<List<String>> kinds = kinds(refused.reason());
    if (pat == null || kinds.isEmpty()) {
      return Uni.createFrom().item(refused);
    }
    return recordReuse(refused.reason(), pat)
        .chain(() -> facts.of(pat, kinds.get()))
        .map(cause -> refused.with(denial(refused.reason(), pat, cause)))
        .onFailure()
        .invoke(failure -> LOG.warnf("a refusal is not explained: %s", failure.getMessage()))
        .onFailure()
        .recoverWithItem(refused);
  }

  private Uni<Void> recordReuse(RefusalReason reason, StoredPat pat) {
    return reason == RefusalReason.ROTATED_OUT
        ? reuse.record(pat.credential().id())
        : Uni.createFrom().voidItem();
  }

  /** The audit events that tell who caused a refusal; empty for a refusal without explanation. */
  private static Optional<List<String>> kinds(RefusalReason reason) {
    return switch (reason) {
      case OWNER_DISABLED -> Optional.of(List.of("user.disabled"));
      case REVOKED -> Optional.of(List.of("token.revoked", "secret.revoked"));
      case SUSPENDED -> Optional.of(List.of("token.suspended"));
      case ROTATED_OUT -> Optional.of(List.of("token.rotated"));
      case EXPIRED, NO_ROLES_LEFT, OWNER_MUST_SIGN_IN -> Optional.of(List.of());
      case INVALID,
          UNTRUSTED_WORKLOAD,
          OUT_OF_SCOPE,
          TOO_MANY_ROLES,
          TOO_MANY_EXCHANGES,
          TOO_MANY_FAILURES,
          BUSY,
          ISSUER_UNAVAILABLE ->
          Optional.empty();
    };
  }

  private static Denial denial(RefusalReason reason, StoredPat pat, Cause cause) {
    return switch (reason) {
      case OWNER_DISABLED ->
          denial(DenialReason.OWNER_DISABLED, pat, pat.owner().disabledAt(), cause.by(), cause);
      case REVOKED ->
          denial(
              DenialReason.ofRevocation(cause.because()),
              pat,
              pat.credential().revokedAt(),
              cause.by(),
              cause);
      case SUSPENDED -> denial(DenialReason.SUSPENDED, pat, pat.suspendedAt(), cause.by(), cause);
      case ROTATED_OUT ->
          denial(DenialReason.ROTATED_OUT, pat, pat.credential().validUntil(), cause.by(), cause);
      case EXPIRED -> denial(DenialReason.EXPIRED, pat, pat.expiresAt(), null, cause);
      case OWNER_MUST_SIGN_IN ->
          denial(DenialReason.OWNER_MUST_SIGN_IN, pat, pat.owner().signInDueAt(), null, cause);
      default -> noRolesLeft(pat, cause);
    };
  }

  /** The last removal took the last role. */
  private static Denial noRolesLeft(StoredPat pat, Cause cause) {
    Optional<RemovedRole> last = cause.removed().stream().findFirst();
    return denial(
        DenialReason.NO_ROLES_LEFT,
        pat,
        last.map(RemovedRole::removedAt).orElse(null),
        last.map(RemovedRole::removedBy).orElse(null),
        cause);
  }

  private static Denial denial(
      DenialReason reason,
      StoredPat pat,
      @Nullable Instant since,
      @Nullable String by,
      Cause cause) {
    return Denial.of(
        new DenialFacts(
            reason,
            pat.name(),
            pat.owner().userId(),
            true,
            since,
            by,
            cause.because(),
            cause.removed()));
  }
}
