package dev.osmo.token.events;

import dev.osmo.http.issuer.IdentityProviders;
import dev.osmo.token.audit.Actor;
import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.database.Lease;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Transactions;
import dev.osmo.token.events.SecurityEvent.Account;
import dev.osmo.token.roles.Owner;
import dev.osmo.token.roles.UserLocks;
import dev.osmo.token.session.LoginSessions;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Use case: an identity provider reports that something happened to an account. One transaction
 * records the event and applies it:
 *
 * <ol>
 *   <li>A repeated event, one that is older than 30 days, one about an unknown account and one of
 *       an unknown type are acknowledged and change nothing.
 *   <li>A transmitter can only speak about the accounts of its own identity provider.
 *   <li>What the provider has confirmed after the event is kept: a session that was started or
 *       renewed since, and a later sign-in. So late events and events in another order are
 *       harmless.
 *   <li>No event grants anything.
 * </ol>
 *
 * <p>Created at startup, so that its metrics exist from then on.
 */
@Startup
@ApplicationScoped
class ReceiveEvent {

  /** Less than the database remembers an event. */
  private static final Duration OLDEST = Duration.ofDays(30);

  private static final String RECORD =
      """
      SELECT statement_timestamp() AS as_of, record_security_event(:issuer, :jti) AS is_new
       WHERE require_primary(:timeline)
      """;
  private static final String FIND =
      "SELECT i.user_id FROM user_identity i WHERE i.issuer = :issuer AND i.subject = :subject";
  private static final String REQUIRE =
      "SELECT require_sign_in(:user, CAST(CAST(:time AS text) AS timestamptz))";

  /** What became of an event. */
  enum Outcome {
    APPLIED,
    DUPLICATE,
    LATE,
    UNKNOWN_SUBJECT,
    IGNORED;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Recorded(Instant asOf, boolean isNew) {}

  private final IdentityProviders providers;
  private final UserLocks owners;
  private final LoginSessions sessions;
  private final AuditLog audit;
  private final Lease lease;
  private final Transactions transactions;
  private final MeterRegistry meters;

  ReceiveEvent(
      IdentityProviders providers,
      UserLocks owners,
      LoginSessions sessions,
      AuditLog audit,
      Lease lease,
      Transactions transactions,
      MeterRegistry meters) {
    this.providers = providers;
    this.owners = owners;
    this.sessions = sessions;
    this.audit = audit;
    this.lease = lease;
    this.transactions = transactions;
    this.meters = meters;
    for (Outcome outcome : Outcome.values()) {
      count(outcome, 0);
    }
  }

  Uni<Void> run(SecurityEvent event, String requestId) {
    Actor actor = Actor.provider(event.transmitter().provider(), requestId);
    return transactions
        .run(
            () ->
                record(event)
                    .chain(recorded -> judge(event.noLaterThan(recorded.asOf()), recorded, actor)))
        .invoke(outcome -> count(outcome, 1))
        .replaceWithVoid();
  }

  private void count(Outcome outcome, int times) {
    meters.counter("osmo.ssf.events", "outcome", outcome.label()).increment(times);
  }

  private Uni<Recorded> record(SecurityEvent event) {
    return NativeQuery.of(RECORD)
        .with("issuer", event.transmitter().issuer())
        .with("jti", event.jti())
        .with("timeline", lease.timeline())
        .first(row -> new Recorded(row.instant("as_of"), row.flag("is_new")))
        .map(Optional::orElseThrow);
  }

  private Uni<Outcome> judge(SecurityEvent event, Recorded recorded, Actor actor) {
    if (!recorded.isNew()) {
      return Uni.createFrom().item(Outcome.DUPLICATE);
    }
    if (event.happenedAt().isBefore(recorded.asOf().minus(OLDEST))) {
      return Uni.createFrom().item(Outcome.LATE);
    }
    if (event.types().isEmpty()) {
      return Uni.createFrom().item(Outcome.IGNORED);
    }
    return user(event)
        .chain(
            user ->
                user.map(id -> apply(event, id, actor).replaceWith(Outcome.APPLIED))
                    .orElseGet(() -> Uni.createFrom().item(Outcome.UNKNOWN_SUBJECT)));
  }

  /** The user, whose row is locked; empty if there is none of this transmitter's provider. */
  private Uni<Optional<String>> user(SecurityEvent event) {
    String issuer = providers.named(event.transmitter().provider()).orElseThrow().issuer();
    Optional<Account> account = event.subject().filter(subject -> subject.issuer().equals(issuer));
    return account.isEmpty()
        ? Uni.createFrom().item(Optional.empty())
        : NativeQuery.of(FIND)
            .with("issuer", issuer)
            .with("subject", account.get().subject())
            .list(String.class)
            .chain(owners::lockAll)
            .map(locked -> locked.stream().map(Owner::id).findFirst());
  }

  private Uni<Void> apply(SecurityEvent event, String user, Actor actor) {
    return endSessions(event, user, actor)
        .chain(() -> requireSignIn(event, user))
        .chain(
            () ->
                audit.append(
                    actor,
                    AuditEntry.ofUser(
                        AuditAction.USER_REPORTED,
                        user,
                        Map.of(
                            "transmitter", event.transmitter().name(),
                            "jti", event.jti(),
                            "happened_at", event.happenedAt().toString(),
                            "events",
                                event.types().stream()
                                    .map(SecurityEvent.Type::shortName)
                                    .sorted()
                                    .toList()))));
  }

  private Uni<Void> endSessions(SecurityEvent event, String user, Actor actor) {
    return event.types().contains(SecurityEvent.Type.SESSION_REVOKED)
        ? sessions
            .endUnconfirmed(
                actor,
                user,
                event.subject().orElseThrow().issuer(),
                event.happenedAt(),
                "revoked at the identity provider")
            .replaceWithVoid()
        : Uni.createFrom().voidItem();
  }

  /** The claims and the credential are confirmed by the next sign-in or refresh. */
  private static Uni<Void> requireSignIn(SecurityEvent event, String user) {
    return event.types().contains(SecurityEvent.Type.TOKEN_CLAIMS_CHANGE)
            || event.types().contains(SecurityEvent.Type.CREDENTIAL_CHANGE)
        ? NativeQuery.of(REQUIRE)
            .with("user", user)
            .with("time", event.happenedAt().toString())
            .single(Boolean.class)
            .replaceWithVoid()
        : Uni.createFrom().voidItem();
  }
}
