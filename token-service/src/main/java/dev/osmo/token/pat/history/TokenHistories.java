package dev.osmo.token.pat.history;

import dev.osmo.token.audit.AuditTrail;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Row;
import dev.osmo.token.pat.store.SecretRow;
import dev.osmo.token.pat.store.Secrets;
import dev.osmo.token.pat.store.TargetToken;
import dev.osmo.token.pat.store.TokenAddress;
import dev.osmo.token.pat.store.TokenFinder;
import dev.osmo.token.pat.store.TokenRow;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Use case: explain what happened to one token. No response contains a secret. */
@ApplicationScoped
public class TokenHistories {

  private static final int MOST_EVENTS = 100;

  private static final String TIMES =
      """
      SELECT t.suspended_at AS suspended_at, u.disabled_at AS disabled_at, u.sign_in_due_at AS sign_in_due_at
        FROM access_token t JOIN users u ON u.id = t.user_id
       WHERE t.id = :token
      """;
  private static final String REMOVED_ROLES =
      """
      SELECT r.role_name AS role_name, r.removed_by AS removed_by, r.removed_at AS removed_at,
             r.pruned_at AS pruned_at,
             (SELECT string_agg(t.name, ',' ORDER BY t.name COLLATE "C")
                FROM removed_role o JOIN access_token t ON t.id = o.token_id
               WHERE o.assignment_id = r.assignment_id AND o.token_id <> r.token_id) AS also_removed_from
        FROM removed_role r
       WHERE r.token_id = :token
       ORDER BY r.removed_at DESC, r.role_name
       LIMIT 100
      """;
  private static final String ACTORS =
      """
      SELECT c.kind AS kind, c.actor AS actor
        FROM last_changes(:token, :owner,
                          ARRAY['user.disabled', 'token.suspended', 'token.revoked', 'secret.revoked', 'token.rotated']) c
       WHERE c.actor IS NOT NULL
      """;

  private record Times(
      @Nullable Instant suspendedAt, @Nullable Instant disabledAt, @Nullable Instant signInDueAt) {}

  private final TokenFinder finder;
  private final Secrets secrets;
  private final AuditTrail trail;

  TokenHistories(TokenFinder finder, Secrets secrets, AuditTrail trail) {
    this.finder = finder;
    this.secrets = secrets;
    this.trail = trail;
  }

  @WithSession
  public Uni<TokenHistoryView> of(CallerIdentity caller, String ownerId, TokenAddress address) {
    return finder
        .find(caller, ownerId, address)
        .map(TargetToken::token)
        .chain(token -> facts(token, caller.userId().equals(token.userId())))
        .chain(
            facts ->
                trail
                    .ofToken(facts.token().id(), MOST_EVENTS)
                    .map(events -> TokenHistoryView.of(facts, events)));
  }

  private Uni<HistoryFacts> facts(TokenRow token, boolean byOwner) {
    return secrets
        .live(token.id())
        .chain(
            live ->
                secrets.latest(token.id()).chain(latest -> facts(token, byOwner, live, latest)));
  }

  private static Uni<HistoryFacts> facts(
      TokenRow token, boolean byOwner, List<SecretRow> live, List<SecretRow> latest) {
    return removed(token).chain(removed -> facts(token, byOwner, live, latest, removed));
  }

  private static Uni<HistoryFacts> facts(
      TokenRow token,
      boolean byOwner,
      List<SecretRow> live,
      List<SecretRow> latest,
      List<RemovedRoleView> removed) {
    return times(token)
        .chain(
            times ->
                actors(token)
                    .map(
                        actors ->
                            new HistoryFacts(
                                token,
                                byOwner,
                                times.disabledAt(),
                                times.suspendedAt(),
                                times.signInDueAt(),
                                live,
                                latest,
                                removed,
                                actors)));
  }

  private static Uni<List<RemovedRoleView>> removed(TokenRow token) {
    return NativeQuery.of(REMOVED_ROLES).with("token", token.id()).list(RemovedRoleView::of);
  }

  private static Uni<Times> times(TokenRow token) {
    return NativeQuery.of(TIMES)
        .with("token", token.id())
        .first(TokenHistories::times)
        .map(found -> found.orElse(new Times(null, null, null)));
  }

  private static Times times(Row row) {
    return new Times(
        row.instantOrNull("suspended_at"),
        row.instantOrNull("disabled_at"),
        row.instantOrNull("sign_in_due_at"));
  }

  private static Uni<Map<String, String>> actors(TokenRow token) {
    return NativeQuery.of(ACTORS)
        .with("token", token.id())
        .with("owner", token.userId())
        .list(row -> Map.entry(row.text("kind"), row.text("actor")))
        .map(
            found ->
                found.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }
}
