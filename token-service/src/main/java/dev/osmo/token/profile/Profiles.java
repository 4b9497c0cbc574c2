package dev.osmo.token.profile;

import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.CurrentPermissions;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Use cases: a person's choices are read and changed. */
@ApplicationScoped
class Profiles {

  private static final String OF_USER =
      """
      SELECT p.pool AS pool, p.email_notification AS email, p.slack_notification AS slack
        FROM profile p WHERE p.user_id = :user
      """;
  private static final String CHANGE =
      """
      INSERT INTO profile AS known (user_id, pool, email_notification, slack_notification)
      VALUES (:user, CAST(:pool AS text), coalesce(CAST(CAST(:email AS text) AS boolean), false),
              coalesce(CAST(CAST(:slack AS text) AS boolean), false))
      ON CONFLICT (user_id) DO UPDATE
         SET pool = coalesce(EXCLUDED.pool, known.pool),
             email_notification = coalesce(CAST(CAST(:email AS text) AS boolean), known.email_notification),
             slack_notification = coalesce(CAST(CAST(:slack AS text) AS boolean), known.slack_notification)
      """;

  private final CurrentPermissions rights;
  private final AuditLog audit;

  Profiles(CurrentPermissions rights, AuditLog audit) {
    this.rights = rights;
    this.audit = audit;
  }

  @WithSession
  Uni<ProfileSettings> of(CallerIdentity caller) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(OF_USER, Tuple.class)
                    .setParameter("user", caller.userId())
                    .getResultList())
        .map(Profiles::first);
  }

  /** What is null stays as it is. */
  @WithTransaction
  Uni<Void> change(CallerIdentity caller, ProfileSettings chosen) {
    return rights
        .confirm(caller)
        .chain(Panache::getSession)
        .chain(session -> write(session, caller.userId(), chosen))
        .chain(
            () ->
                audit.append(
                    caller.actor(),
                    AuditEntry.ofUser(AuditAction.PROFILE_CHANGED, caller.userId())));
  }

  private static Uni<Integer> write(Mutiny.Session session, String userId, ProfileSettings chosen) {
    return session
        .createNativeQuery(CHANGE)
        .setParameter("user", userId)
        .setParameter("pool", chosen.pool())
        .setParameter("email", text(chosen.emailNotification()))
        .setParameter("slack", text(chosen.slackNotification()))
        .executeUpdate();
  }

  private static @Nullable String text(@Nullable Boolean choice) {
    return choice == null ? null : choice.toString();
  }

  private static ProfileSettings first(List<Tuple> rows) {
    return rows.stream()
        .findFirst()
        .map(
            row ->
                new ProfileSettings(
                    row.get("pool", String.class),
                    row.get("email", Boolean.class),
                    row.get("slack", Boolean.class)))
        .orElse(ProfileSettings.NONE);
  }
}
