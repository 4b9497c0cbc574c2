package dev.osmo.token.pat.store;

import dev.osmo.token.database.Row;
import dev.osmo.token.pat.rules.WorkloadTrust;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One of a token's secrets, without its lookup and hash, or its trust in a workload.
 *
 * @param validUntil null if it is valid as long as its token, which is true only of the newest
 * @param reusedAt when it was last presented although a rotation had ended it
 * @param trust the workload that the token trusts; it then has no secret
 */
public record SecretRow(
    UUID id,
    Instant createdAt,
    @Nullable Instant firstUsedAt,
    @Nullable Instant validUntil,
    @Nullable Instant revokedAt,
    @Nullable Instant reusedAt,
    Optional<WorkloadTrust> trust) {

  static SecretRow of(Row row) {
    return new SecretRow(
        row.uuid("id"),
        row.instant("created_at"),
        row.instantOrNull("first_used_at"),
        row.instantOrNull("valid_until"),
        row.instantOrNull("revoked_at"),
        row.instantOrNull("reused_at"),
        Optional.ofNullable(row.textOrNull("trusted_issuer"))
            .map(
                issuer ->
                    new WorkloadTrust(
                        issuer, row.text("trusted_audience"), row.text("trusted_subject"))));
  }
}
