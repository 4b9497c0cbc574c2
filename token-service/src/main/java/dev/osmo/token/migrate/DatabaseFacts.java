package dev.osmo.token.migrate;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Facts about the database and the current user, read before any change.
 *
 * @param schemaOwner null if there is no schema
 * @param schemaVersion the highest applied version; 0 in an empty database
 */
record DatabaseFacts(
    String database,
    String owner,
    String user,
    boolean superuser,
    boolean loginRolesExist,
    @Nullable String schemaOwner,
    int schemaVersion) {

  private static final String OWNERS_AND_ROLES =
      """
      SELECT d.datname, pg_get_userbyid(d.datdba), r.rolname, r.rolsuper,
             to_regrole('osmo_token_service') IS NOT NULL
               AND to_regrole('osmo_auth_exchange') IS NOT NULL,
             (SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'osmo'),
             EXISTS (SELECT FROM pg_tables
                      WHERE schemaname = 'osmo' AND tablename = 'flyway_schema_history')
        FROM pg_database d, pg_roles r
       WHERE d.datname = current_database() AND r.rolname = current_user
      """;
  private static final String HIGHEST_VERSION =
      "SELECT coalesce(max(version::integer), 0) FROM osmo.flyway_schema_history WHERE success";

  static DatabaseFacts read(Connection connection) throws SQLException, MigrationRefused {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(OWNERS_AND_ROLES)) {
      row.next();
      DatabaseFacts facts =
          new DatabaseFacts(
              row.getString(1),
              row.getString(2),
              row.getString(3),
              row.getBoolean(4),
              row.getBoolean(5),
              row.getString(6),
              0);
      boolean migratedBefore = row.getBoolean(7);
      // Only the owner may read the version, so ownership is checked first.
      facts.requireOwner();
      return migratedBefore ? facts.at(highestVersion(statement)) : facts;
    }
  }

  /** Refuses to migrate as a superuser, or as a user who does not own database and schema. */
  void requireOwner() throws MigrationRefused {
    if (superuser) {
      throw new MigrationRefused(
          "%s is a superuser, and functions of the schema would run with superuser rights. Migrate as the owner of database %s."
              .formatted(user, database));
    }
    if (!user.equals(owner)) {
      throw new MigrationRefused(
          "Database %s belongs to %s, not to %s. Migrate as its owner."
              .formatted(database, owner, user));
    }
    if (schemaOwner != null && !user.equals(schemaOwner)) {
      throw new MigrationRefused(
          "Schema osmo belongs to %s, not to %s, the owner of database %s."
              .formatted(schemaOwner, user, database));
    }
    if (!loginRolesExist) {
      throw new MigrationRefused(
          "The roles osmo_token_service and osmo_auth_exchange do not exist. Run bootstrap.sql as a superuser first.");
    }
  }

  void requireKnownVersion() throws MigrationRefused {
    if (schemaVersion > SchemaVersion.REQUIRED) {
      throw new MigrationRefused(
          "Schema osmo is at version %d, newer than version %d of this program. Use the newer program."
              .formatted(schemaVersion, SchemaVersion.REQUIRED));
    }
  }

  void requireMigrated() throws MigrationRefused {
    requireKnownVersion();
    if (schemaVersion < SchemaVersion.REQUIRED) {
      throw new MigrationRefused(
          "Schema osmo is at version %d, and version %d is needed. Run \"token-service migrate\" first."
              .formatted(schemaVersion, SchemaVersion.REQUIRED));
    }
  }

  private DatabaseFacts at(int version) {
    return new DatabaseFacts(
        database, owner, user, superuser, loginRolesExist, schemaOwner, version);
  }

  private static int highestVersion(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(HIGHEST_VERSION)) {
      row.next();
      return row.getInt(1);
    }
  }
}
