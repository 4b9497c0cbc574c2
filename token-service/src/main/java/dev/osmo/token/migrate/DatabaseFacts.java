package dev.osmo.token.migrate;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What the database says of itself and of us before anything is changed.
 *
 * @param schemaOwner null while there is no schema
 * @param schemaVersion the highest version applied, 0 on an empty database
 */
record DatabaseFacts(
    String database,
    String owner,
    String user,
    boolean superuser,
    boolean loginRolesExist,
    @Nullable String schemaOwner,
    int schemaVersion) {

  private static final String WHO_OWNS_WHAT =
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
        ResultSet row = statement.executeQuery(WHO_OWNS_WHAT)) {
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
      // The version is the owner's to read: whoever is not the owner hears that first.
      facts.refuseUnlessOurs();
      return migratedBefore ? facts.at(highestVersion(statement)) : facts;
    }
  }

  /** Refuses to migrate as somebody else, and to take a schema back to an older program. */
  void refuseUnlessOurs() throws MigrationRefused {
    if (superuser) {
      throw new MigrationRefused(
          "%s is a superuser, and functions of the schema would run with that power: migrate as the plain owner of database %s."
              .formatted(user, database));
    }
    if (!user.equals(owner)) {
      throw new MigrationRefused(
          "Database %s belongs to %s, not to %s: migrate as its owner."
              .formatted(database, owner, user));
    }
    if (schemaOwner != null && !user.equals(schemaOwner)) {
      throw new MigrationRefused(
          "Schema osmo belongs to %s, not to %s, the owner of database %s."
              .formatted(schemaOwner, user, database));
    }
    if (!loginRolesExist) {
      throw new MigrationRefused(
          "The roles osmo_token_service and osmo_auth_exchange do not exist: run bootstrap.sql as a superuser first.");
    }
  }

  void refuseUnlessKnown() throws MigrationRefused {
    if (schemaVersion > SchemaVersion.REQUIRED) {
      throw new MigrationRefused(
          "Schema osmo is at version %d, newer than version %d that this program knows: use the newer program."
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
