package dev.osmo.token.pat.history;

import dev.osmo.http.denial.DenialFacts;
import dev.osmo.token.audit.TrailEvent;
import dev.osmo.token.pat.store.TokenRow;
import dev.osmo.token.pat.store.TokenState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a token.
 *
 * @param reason the first cause that blocks the token; null if it can be exchanged
 * @param roles the roles that it still has
 * @param events its last changes, newest first
 */
public record TokenHistoryView(
    String tokenName,
    String id,
    String userName,
    TokenState state,
    @Nullable String reason,
    List<String> roles,
    List<RemovedRoleView> removedRoles,
    List<CauseView> causes,
    List<TrailEvent> events) {

  static TokenHistoryView of(HistoryFacts facts, List<TrailEvent> events) {
    TokenRow token = facts.token();
    List<DenialFacts> causes = Causes.decide(facts);
    return new TokenHistoryView(
        token.name(),
        token.id(),
        token.userId(),
        token.state(),
        causes.stream()
            .filter(cause -> cause.reason().blocks())
            .findFirst()
            .map(cause -> cause.reason().wireName())
            .orElse(null),
        token.roles(),
        facts.removed(),
        causes.stream().map(CauseView::of).toList(),
        events);
  }
}
