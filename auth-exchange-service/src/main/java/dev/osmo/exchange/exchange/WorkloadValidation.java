package dev.osmo.exchange.exchange;

import dev.osmo.exchange.exchange.Validation.Valid;
import dev.osmo.exchange.jwt.JwtSigner;
import dev.osmo.exchange.limits.Caller;
import dev.osmo.exchange.limits.Limits;
import dev.osmo.exchange.pat.PatReference;
import dev.osmo.exchange.pat.StoredPat;
import dev.osmo.exchange.pat.TrustingPats;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.exchange.workload.WorkloadTokens;
import dev.osmo.http.issuer.TokenCheck;
import dev.osmo.http.issuer.TokenCheck.Busy;
import dev.osmo.http.issuer.TokenCheck.KeysUnavailable;
import dev.osmo.http.issuer.TokenCheck.NotVerified;
import dev.osmo.http.issuer.TokenCheck.Verified;
import dev.osmo.http.issuer.VerifiedToken;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Validates the token of a workload and finds the access token that trusts it.
 *
 * <ol>
 *   <li>The database is read only for a token whose signature is verified with a key of its own
 *       issuer, and after that.
 *   <li>The access token must trust exactly this issuer, audience and subject.
 *   <li>Every refusal of the workload is the same: an invalid token, an unknown access token, and
 *       an access token that does not trust it. Only a trusted workload learns the state of the
 *       access token.
 *   <li>The database's clock judges the times of the workload's token. A JWT never expires after
 *       it.
 *   <li>A refusal counts as a failure of the address, as an invalid access token does.
 * </ol>
 */
@ApplicationScoped
class WorkloadValidation {

  private final WorkloadTokens tokens;
  private final TrustingPats pats;
  private final Limits limits;
  private final ExchangePolicy policy;
  private final Duration longestToken;

  WorkloadValidation(
      WorkloadTokens tokens,
      TrustingPats pats,
      Limits limits,
      JwtSigner signer,
      AuthExchangeConfig config) {
    this.tokens = tokens;
    this.pats = pats;
    this.limits = limits;
    this.policy = new ExchangePolicy(signer.ttl());
    this.longestToken = config.workload().longestToken();
  }

  /** Counts against the limits of the address and of the access token. */
  Uni<Validation> validateForExchange(WorkloadCredential credential) {
    Caller caller = limits.caller();
    if (!caller.beginLookup()) {
      return refused(RefusalReason.TOO_MANY_FAILURES, null);
    }
    return Uni.createFrom()
        .deferred(() -> tokens.verify(credential.token()))
        .chain(check -> find(check, credential.pat(), caller))
        .onTermination()
        .invoke(caller::endLookup)
        .map(validation -> countFailure(validation, caller));
  }

  private Uni<Validation> find(TokenCheck check, PatReference pat, Caller caller) {
    return switch (check) {
      case NotVerified ignored -> refused(RefusalReason.UNTRUSTED_WORKLOAD, null);
      case KeysUnavailable ignored -> refused(RefusalReason.ISSUER_UNAVAILABLE, null);
      case Busy ignored -> refused(RefusalReason.BUSY, null);
      case Verified(var workload) ->
          pats.find(pat, workload.issuer(), workload.audience(), workload.subject())
              .map(found -> decide(workload, found, caller));
    };
  }

  private Validation decide(VerifiedToken workload, Optional<StoredPat> found, Caller caller) {
    if (found.isEmpty()) {
      return new Refused(RefusalReason.UNTRUSTED_WORKLOAD, null);
    }
    StoredPat stored = found.get();
    Instant now = stored.readAt();
    if (!workload.isValidAt(now, longestToken)) {
      return new Refused(RefusalReason.UNTRUSTED_WORKLOAD, stored);
    }
    if (!caller.spendExchange(stored.id())) {
      return new Refused(RefusalReason.TOO_MANY_EXCHANGES, stored);
    }
    return endingWith(workload, policy.decide(stored, now));
  }

  private static Validation endingWith(VerifiedToken workload, Validation validation) {
    Instant end = workload.expiresAt().truncatedTo(ChronoUnit.SECONDS);
    return validation instanceof Valid(StoredPat pat, Instant until) && end.isBefore(until)
        ? new Valid(pat, end)
        : validation;
  }

  private static Validation countFailure(Validation validation, Caller caller) {
    return validation instanceof Refused(RefusalReason reason, var pat, var ignored)
            && reason == RefusalReason.UNTRUSTED_WORKLOAD
            && !caller.failed()
        ? new Refused(RefusalReason.TOO_MANY_FAILURES, pat)
        : validation;
  }

  private static Uni<Validation> refused(RefusalReason reason, @Nullable StoredPat pat) {
    return Uni.createFrom().item(new Refused(reason, pat));
  }
}
