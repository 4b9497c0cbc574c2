package dev.osmo.token.signin;

import dev.osmo.token.database.Lease;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Row;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** Which user a subject of a provider is. Every method runs in the caller's transaction. */
@ApplicationScoped
class Identities {

  static final String FIND =
      """
      SELECT statement_timestamp() AS as_of, i.user_id AS user_id
        FROM (SELECT) one LEFT JOIN user_identity i ON i.issuer = :issuer AND i.subject = :subject
       WHERE require_primary(:timeline)
      """;
  private static final String HAS_ANOTHER =
      "SELECT EXISTS (SELECT FROM user_identity i WHERE i.user_id = :user AND i.issuer = :issuer)";
  private static final String LINK =
      """
      INSERT INTO user_identity (issuer, subject, user_id, verified_at)
      VALUES (:issuer, :subject, :user, CAST(CAST(:issued AS text) AS timestamptz)) ON CONFLICT DO NOTHING
      """;
  private static final String CONFIRM =
      """
      UPDATE user_identity i SET verified_at = greatest(i.verified_at, CAST(CAST(:issued AS text) AS timestamptz))
       WHERE i.issuer = :issuer AND i.subject = :subject
      RETURNING i.verified_at = CAST(CAST(:issued AS text) AS timestamptz)
      """;

  private final Lease lease;

  Identities(Lease lease) {
    this.lease = lease;
  }

  /**
   * A subject at a time of the database.
   *
   * @param userId the user; empty if it is not linked
   */
  record Found(Instant asOf, Optional<String> userId) {}

  Uni<Found> find(IdToken token) {
    return of(FIND, token)
        .with("timeline", lease.timeline())
        .first(Identities::found)
        .map(Optional::orElseThrow);
  }

  /** Whether the user is linked to any subject of the same issuer. */
  Uni<Boolean> hasAnother(IdToken token, String userId) {
    return NativeQuery.of(HAS_ANOTHER)
        .with("user", userId)
        .with("issuer", token.issuer())
        .single(Boolean.class);
  }

  /** False if the subject was linked meanwhile. */
  Uni<Boolean> link(IdToken token, String userId) {
    return of(LINK, token)
        .with("user", userId)
        .with("issued", token.issuedAt().toString())
        .execute()
        .map(rows -> rows == 1);
  }

  /**
   * Records when the provider has confirmed the user. False if it has issued a later token, which
   * was seen before: what this one says about the user may no longer be true. Needs the user's
   * lock.
   */
  Uni<Boolean> confirm(IdToken token) {
    return of(CONFIRM, token).with("issued", token.issuedAt().toString()).single(Boolean.class);
  }

  private static NativeQuery of(String sql, IdToken token) {
    return NativeQuery.of(sql).with("issuer", token.issuer()).with("subject", token.subject());
  }

  private static Found found(Row row) {
    return new Found(row.instant("as_of"), Optional.ofNullable(row.textOrNull("user_id")));
  }
}
