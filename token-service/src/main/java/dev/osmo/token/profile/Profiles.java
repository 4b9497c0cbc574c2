package dev.osmo.token.profile;

import dev.osmo.token.audit.AuditAction;
import dev.osmo.token.audit.AuditEntry;
import dev.osmo.token.audit.AuditLog;
import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.CurrentPermissions;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Row;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Use cases: reads and changes the profile settings of a user. */
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

  private final CurrentPermissions permissions;
  private final AuditLog audit;

  Profiles(CurrentPermissions permissions, AuditLog audit) {
    this.permissions = permissions;
    this.audit = audit;
  }

  @WithSession
  Uni<ProfileSettings> of(CallerIdentity caller) {
    return NativeQuery.of(OF_USER)
        .with("user", caller.userId())
        .first(Profiles::settings)
        .map(saved -> saved.orElse(ProfileSettings.NONE));
  }

  /** A setting that is null keeps its value. */
  @WithTransaction
  Uni<Void> change(CallerIdentity caller, ProfileSettings chosen) {
    return permissions
        .confirm(caller)
        .chain(() -> write(caller.userId(), chosen))
        .chain(
            () ->
                audit.append(
                    caller.actor(),
                    AuditEntry.ofUser(AuditAction.PROFILE_CHANGED, caller.userId())));
  }

  private static Uni<Integer> write(String userId, ProfileSettings chosen) {
    return NativeQuery.of(CHANGE)
        .with("user", userId)
        .with("pool", chosen.pool())
        .with("email", text(chosen.emailNotification()))
        .with("slack", text(chosen.slackNotification()))
        .execute();
  }

  private static @Nullable String text(@Nullable Boolean choice) {
    return choice == null ? null : choice.toString();
  }

  private static ProfileSettings settings(Row row) {
    return new ProfileSettings(
        row.textOrNull("pool"), row.flagOrNull("email"), row.flagOrNull("slack"));
  }
}
