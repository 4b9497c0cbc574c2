package dev.osmo.postgres;

import io.vertx.sqlclient.Row;
import java.util.Optional;

/**
 * Where the rows of the database come from. A restored backup contains what was removed and revoked
 * since, so nothing is decided on it before an operator has said what is revoked.
 *
 * @param sameServer whether the rows are in the server in which they were accepted last; false for
 *     the copy of a dump
 * @param epoch how often the operator has accepted a restored database
 */
public record DatabaseOrigin(boolean sameServer, int epoch) {

  /** One row, for {@link #of}. */
  public static final String READ = "SELECT same_server, epoch FROM osmo.database_origin";

  public static DatabaseOrigin of(Row row) {
    return new DatabaseOrigin(row.getBoolean("same_server"), row.getInteger("epoch"));
  }

  /**
   * Why nothing may be decided on this database; empty if it is the one that the operator accepted.
   *
   * @param expected the epoch that the operator has configured
   */
  public Optional<String> refusal(int expected) {
    if (!sameServer) {
      return Optional.of(
          "The database is a copy that was restored into another server, so removed roles and"
              + " revoked tokens may have come back. Run \"token-service revoke-before TIME\" first.");
    }
    if (epoch != expected) {
      return Optional.of(
          "The database is at epoch %d, and this service is configured for epoch %d. If it was restored from a backup, run \"token-service revoke-before TIME\" with the configured epoch first."
              .formatted(epoch, expected));
    }
    return Optional.empty();
  }
}
