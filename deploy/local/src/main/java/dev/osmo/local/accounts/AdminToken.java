package dev.osmo.local.accounts;

import dev.osmo.local.CannotStart;
import dev.osmo.local.folder.PrivateFile;
import dev.osmo.local.folder.SecretText;
import dev.osmo.pat.PatText;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The access token of the first administrator. The launcher generates it before token-service
 * starts, because no other token exists that could create it. token-service registers a new token
 * of this file for 365 days and revokes the previous one.
 */
public record AdminToken(Path file) {
  public static final String USER = "admin@example.com";

  private static final String REGISTERED_EXPIRY =
      "SELECT t.expires_at FROM osmo.bootstrap_token b JOIN osmo.access_token t ON t.id = b.pat_id";

  /** Writes a new token if the file has no valid one, or if the token expires within 90 days. */
  public void renewWhenDue(Connection connection) {
    boolean wellFormed =
        PrivateFile.read(file).flatMap(secret -> PatText.parse(secret.value())).isPresent();
    if (Renewal.adminTokenIsDue(wellFormed, registeredExpiry(connection), Instant.now())) {
      PrivateFile.write(file, new SecretText(PatText.random(new SecureRandom()).text()));
    }
  }

  private static Optional<Instant> registeredExpiry(Connection connection) {
    try (PreparedStatement query = connection.prepareStatement(REGISTERED_EXPIRY);
        ResultSet rows = query.executeQuery()) {
      return rows.next()
          ? Optional.of(rows.getObject(1, OffsetDateTime.class).toInstant())
          : Optional.empty();
    } catch (SQLException e) {
      throw new CannotStart("Cannot look up the administrator's token: " + e.getMessage(), e);
    }
  }
}
