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
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Use cases: reads and changes the profile settings of a user. */
@ApplicationScoped
class Profiles {

  private static final String OF_USER =
      """
      SELECT p.pool AS pool, p.email_notification AS email, p.slack_notification AS slack,
             u.sign_in_due_at AS sign_in_due_at
        FROM users u LEFT JOIN profile p ON p.user_id = u.id
       WHERE u.id = :user
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

  /**
   * The settings of a user.
   *
   * @param signInDueAt when the user must have signed in again; null without a limit
   */
  record Profile(ProfileSettings settings, @Nullable Instant signInDueAt) {

    private static final Profile NONE = new Profile(ProfileSettings.NONE, null);
  }

  private final CurrentPermissions permissions;
  private final AuditLog audit;

  Profiles(CurrentPermissions permissions, AuditLog audit) {
    this.permissions = permissions;
    this.audit = audit;
  }

  @WithSession
  Uni<Profile> of(CallerIdentity caller) {
    return NativeQuery.of(OF_USER)
        .with("user", caller.userId())
        .first(Profiles::profile)
        .map(saved -> saved.orElse(Profile.NONE));
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

  private static Profile profile(Row row) {
    return new Profile(
        new ProfileSettings(
            row.textOrNull("pool"), row.flagOrNull("email"), row.flagOrNull("slack")),
        row.instantOrNull("sign_in_due_at"));
  }
}
