package dev.osmo.token.pat.history;

import dev.osmo.http.denial.DenialFacts;
import dev.osmo.http.denial.DenialReason;
import dev.osmo.token.pat.store.SecretRow;
import dev.osmo.token.pat.store.TokenRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides which causes apply to a token, in the order in which the exchange checks them. */
final class Causes {

  private final HistoryFacts facts;
  private final TokenRow token;
  private final List<DenialFacts> found = new ArrayList<>();

  private Causes(HistoryFacts facts) {
    this.facts = facts;
    this.token = facts.token();
  }

  static List<DenialFacts> decide(HistoryFacts facts) {
    Causes causes = new Causes(facts);
    causes.find();
    return List.copyOf(causes.found);
  }

  private void find() {
    if (facts.disabledAt() != null) {
      add(DenialReason.OWNER_DISABLED, facts.disabledAt(), facts.actor("user.disabled"), null);
    }
    if (facts.isRevoked()) {
      addRevocation();
    }
    if (!token.expiresAt().isAfter(token.asOf())) {
      add(DenialReason.EXPIRED, token.expiresAt(), null, null);
    }
    if (facts.suspendedAt() != null) {
      add(DenialReason.SUSPENDED, facts.suspendedAt(), facts.actor("token.suspended"), null);
    }
    addRoles();
    if (facts.ownerMustSignIn()) {
      add(DenialReason.OWNER_MUST_SIGN_IN, facts.signInDueAt(), null, null);
    }
    facts.rotatedOut().ifPresent(this::addRotation);
  }

  private void addRevocation() {
    String because = token.revokedBecause();
    DenialReason reason = DenialReason.ofRevocation(because);
    String by =
        reason == DenialReason.LEAK_REPORT
            ? null
            : Optional.ofNullable(facts.actor("token.revoked"))
                .orElse(facts.actor("secret.revoked"));
    add(reason, facts.revokedAt().orElse(null), by, because);
  }

  private void addRoles() {
    Optional<RemovedRoleView> last = facts.removed().stream().findFirst();
    Instant since = last.map(RemovedRoleView::removedAt).orElse(null);
    String by = last.map(RemovedRoleView::removedBy).orElse(null);
    if (token.roles().isEmpty()) {
      add(DenialReason.NO_ROLES_LEFT, since, by, null);
    } else if (last.isPresent()) {
      add(DenialReason.ROLE_REMOVED, since, by, null);
    }
  }

  private void addRotation(SecretRow old) {
    Instant reused = old.reusedAt();
    add(
        DenialReason.ROTATED_OUT,
        old.validUntil(),
        facts.actor("token.rotated"),
        reused == null ? null : reused.toString());
  }

  private void add(
      DenialReason reason, @Nullable Instant since, @Nullable String by, @Nullable String because) {
    found.add(
        new DenialFacts(
            reason,
            token.name(),
            token.userId(),
            facts.byOwner(),
            since,
            by,
            because,
            facts.removed().stream().map(RemovedRoleView::removal).toList()));
  }
}
