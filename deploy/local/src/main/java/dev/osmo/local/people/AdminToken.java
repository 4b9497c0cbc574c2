package dev.osmo.local.people;

import dev.osmo.local.folder.SecretFile;
import dev.osmo.local.problem.CannotStart;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The first administrator's token. It must exist before token-service starts: that is how the first
 * of all tokens comes into the world. token-service registers the file's token when it has not seen
 * it yet, for 365 days, and ends the one before.
 */
public record AdminToken(Path file) {
  public static final String USER = "admin@example.com";

  private static final String REGISTERED_EXPIRY =
      "SELECT t.expires_at FROM osmo.bootstrap_token b JOIN osmo.access_token t ON t.id = b.pat_id";

  /** Writes a new token when the file is missing or its token has less than 90 days to live. */
  public void renewWhenDue(Connection connection) {
    boolean fileIsGood = SecretFile.read(file).filter(PatText::isWellFormed).isPresent();
    if (Renewal.adminTokenIsDue(fileIsGood, registeredExpiry(connection), Instant.now())) {
      SecretFile.write(file, PatText.random());
    }
  }

  private static Optional<Instant> registeredExpiry(Connection connection) {
    try (PreparedStatement query = connection.prepareStatement(REGISTERED_EXPIRY);
        ResultSet rows = query.executeQuery()) {
      return rows.next()
          ? Optional.of(rows.getObject(1, OffsetDateTime.class).toInstant())
          : Optional.empty();
    } catch (SQLException e) {
      throw new CannotStart("The administrator's token cannot be looked up: " + e.getMessage(), e);
    }
  }
}
