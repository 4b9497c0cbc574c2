package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.waiting.Patience;
import dev.osmo.token.migrate.Migration;
import dev.osmo.token.migrate.SchemaVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The migrate mode through its entry point, each test on its own database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrationTest {

  private static final Pattern VERSIONED = Pattern.compile("V(\\d+)__.*\\.sql");

  /** The later ones lock the views of an exchange before the tables of the views. */
  private static final int LAST_WITH_ITS_OWN_ORDER = 31;

  private static final String VIEWS_FIRST =
      "LOCK TABLE usable_secret, access_token_with_roles IN ACCESS EXCLUSIVE MODE;";

  private static final Pattern LOCKS_A_TABLE_OF_THE_EXCHANGE =
      Pattern.compile(
          "\\b(TABLE|ON|ON ONLY|UPDATE|FROM|INTO|REFERENCES|VIEW)\\s+(osmo\\.)?"
              + "(users|access_token|access_token_secret|access_token_role|role_assignment"
              + "|live_secret|usable_secret|access_token_with_state|access_token_with_roles)\\b",
          Pattern.CASE_INSENSITIVE);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private MigratedPostgres postgres;
  private int databases;
  private String database;

  @BeforeAll
  void start() {
    postgres = MigratedPostgres.startEmpty();
  }

  @AfterAll
  void stop() {
    postgres.close();
  }

  @BeforeEach
  void an_empty_database() throws SQLException {
    database = "osmo_" + ++databases;
    asSuperuser("CREATE DATABASE " + database + " OWNER osmo_owner");
    out.reset();
    err.reset();
  }

  @AfterEach
  void no_password_was_printed() {
    assertThat(said(out) + said(err)).doesNotContain(MigratedPostgres.PASSWORD);
  }

  @Test
  void the_required_version_is_that_of_the_highest_migration() throws Exception {
    assertThat(versionsInTheMigrationFolder()).last().isEqualTo(SchemaVersion.REQUIRED);
  }

  @Test
  void no_version_occurs_twice() throws Exception {
    assertThat(versionsInTheMigrationFolder()).doesNotHaveDuplicates();
  }

  @Test
  void an_empty_database_is_migrated_to_the_required_version() throws Exception {
    assertThat(migrate(env())).isZero();

    assertThat(said(out))
        .isEqualTo(
            "Schema osmo is at version "
                + SchemaVersion.REQUIRED
                + " ("
                + versionsInTheMigrationFolder().size()
                + " migrations applied now)\n");
    assertThat(said(err)).isEmpty();
  }

  @Test
  void a_second_run_has_nothing_to_do() {
    migrate(env());
    out.reset();

    assertThat(migrate(env())).isZero();

    assertThat(said(out))
        .isEqualTo(
            "Schema osmo is at version "
                + SchemaVersion.REQUIRED
                + " (0 migrations applied now)\n");
  }

  @Test
  void changed_grants_are_applied_without_a_new_version() throws SQLException {
    migrate(env());
    out.reset();
    asOwner("UPDATE osmo.flyway_schema_history SET checksum = 1 WHERE version IS NULL");

    assertThat(migrate(env())).isZero();

    assertThat(said(out))
        .isEqualTo(
            "Schema osmo is at version "
                + SchemaVersion.REQUIRED
                + " (0 migrations applied now, grants renewed)\n");
  }

  @Test
  void the_password_may_come_from_a_file(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), MigratedPostgres.PASSWORD + "\n");
    Map<String, String> env = env();
    env.remove("TOKEN_SERVICE_MIGRATE_PASSWORD");
    env.put("TOKEN_SERVICE_MIGRATE_PASSWORD_FILE", file.toString());

    assertThat(migrate(env)).isZero();
  }

  @Test
  void a_missing_variable_is_named() {
    for (String name : List.of("URL", "USERNAME", "PASSWORD")) {
      err.reset();
      Map<String, String> env = env();
      env.remove("TOKEN_SERVICE_MIGRATE_" + name);

      assertThat(migrate(env)).isEqualTo(1);

      assertThat(said(err)).contains("TOKEN_SERVICE_MIGRATE_" + name).hasLineCount(1);
    }
  }

  @Test
  void a_password_and_a_password_file_together_are_refused() {
    refuses(
        with("PASSWORD_FILE", "/nowhere"),
        "Set either TOKEN_SERVICE_MIGRATE_PASSWORD or TOKEN_SERVICE_MIGRATE_PASSWORD_FILE.");
  }

  @Test
  void an_address_other_than_a_jdbc_url_is_refused() {
    refuses(
        with("URL", "postgresql://localhost/osmo"),
        "TOKEN_SERVICE_MIGRATE_URL must start with jdbc:postgresql: as in"
            + " jdbc:postgresql://localhost/osmo.");
  }

  @Test
  void an_unreachable_server_is_named_without_the_parameters_of_its_address() {
    Map<String, String> env =
        with("URL", "jdbc:postgresql://127.0.0.1:1/osmo?password=" + MigratedPostgres.PASSWORD);

    assertThat(migrate(env)).isEqualTo(1);

    assertThat(said(err))
        .startsWith(
            "Cannot connect to jdbc:postgresql://127.0.0.1:1/osmo as osmo_owner: Connection")
        .hasLineCount(1);
  }

  @Test
  void a_user_who_does_not_own_the_database_is_refused() {
    refuses(
        with("USERNAME", "osmo_token_service"),
        "Database %s belongs to osmo_owner, not to osmo_token_service. Migrate as its owner."
            .formatted(database));
  }

  @Test
  void a_superuser_is_refused_because_the_functions_would_run_with_its_privileges()
      throws SQLException {
    asSuperuser("ALTER DATABASE " + database + " OWNER TO postgres");
    refuses(
        with("USERNAME", "postgres"),
        "postgres is a superuser, and functions of the schema would run with superuser rights. Migrate as the owner of database %s."
            .formatted(database));
  }

  @Test
  void a_schema_of_another_owner_is_refused() throws SQLException {
    asSuperuserIn(database, "CREATE SCHEMA osmo AUTHORIZATION postgres");
    refuses(
        env(),
        "Schema osmo belongs to postgres, not to osmo_owner, the owner of database %s."
            .formatted(database));
  }

  @Test
  void an_edited_migration_is_named() throws SQLException {
    migrate(env());
    asOwner("UPDATE osmo.flyway_schema_history SET checksum = 1 WHERE version = '3'");

    refuses(
        env(),
        "The migrations applied to schema osmo are not the ones of this program (version 3 audit)."
            + " Restore them and put the change into a new migration.");
  }

  @Test
  void a_newer_schema_is_not_changed() throws SQLException {
    migrate(env());
    asOwner(
        "INSERT INTO osmo.flyway_schema_history VALUES (100, '9999', 'later', 'SQL',"
            + " 'V9999__later.sql', 1, 'osmo_owner', now(), 1, true)");

    refuses(
        env(),
        "Schema osmo is at version 9999, newer than version "
            + SchemaVersion.REQUIRED
            + " of this program. Use the newer program.");
  }

  /** The services of the previous release never see a part of them. */
  @Test
  void all_migrations_are_one_transaction() throws SQLException {
    migrate(env());

    asOwner(
        """
        SELECT 1 / (count(*) > 5 AND count(DISTINCT xmin::text) = 1)::integer
          FROM pg_class
         WHERE relnamespace = 'osmo'::regnamespace AND relkind = 'r' AND relname <> 'flyway_schema_history'
        """);
  }

  /** Otherwise, everybody who uses that table would wait behind the migration. */
  @Test
  void a_migration_does_not_wait_for_a_long_transaction() throws SQLException {
    migrate(env());
    asOwner(
        "DELETE FROM osmo.flyway_schema_history WHERE version::integer >= 28 OR version IS NULL");
    asOwner("DROP INDEX osmo.login_session_not_ended");
    try (Connection backup =
            DriverManager.getConnection(
                urlOf(database), MigratedPostgres.OWNER, MigratedPostgres.PASSWORD);
        Statement statement = backup.createStatement()) {
      backup.setAutoCommit(false);
      statement.execute("LOCK TABLE osmo.login_session IN ROW EXCLUSIVE MODE");

      refuses(
          env(),
          "Another session uses a table that the migration changes, for example a backup. Nothing"
              + " was changed. Run the migration again when that session has ended.");
    }
  }

  /** It has some of the tables already, and reads the users as the last ones. */
  @Test
  void a_migration_and_a_lookup_of_a_token_do_not_wait_for_each_other(@TempDir Path folder)
      throws Exception {
    migrateTo(LAST_WITH_ITS_OWN_ORDER, folder);
    FutureTask<Integer> migration = new FutureTask<>(() -> migrate(env()));
    try (Connection lookup =
            DriverManager.getConnection(
                urlOf(database), MigratedPostgres.SUPERUSER, MigratedPostgres.PASSWORD);
        Statement statement = lookup.createStatement()) {
      lookup.setAutoCommit(false);
      statement.execute("SELECT FROM osmo.live_secret");
      statement.execute("SELECT FROM osmo.access_token");
      Thread.startVirtualThread(migration);
      awaitWaitingMigration();
      statement.execute("SELECT FROM osmo.users");
      lookup.commit();
    }

    assertThat(migration.get()).as(said(err)).isZero();
  }

  @Test
  void a_migration_that_a_deadlock_ends_can_be_run_again(@TempDir Path folder) throws Exception {
    migrateTo(LAST_WITH_ITS_OWN_ORDER, folder);
    asSuperuser("ALTER DATABASE " + database + " SET deadlock_timeout = '3s'");
    FutureTask<Void> migration =
        new FutureTask<>(
            () ->
                refuses(
                    env(),
                    "Another session uses a table that the migration changes, for example a backup."
                        + " Nothing was changed. Run the migration again when that session has"
                        + " ended."),
            null);
    try (Connection other =
            DriverManager.getConnection(
                urlOf(database), MigratedPostgres.SUPERUSER, MigratedPostgres.PASSWORD);
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SET deadlock_timeout = '1h'");
      statement.execute("SELECT FROM osmo.users");
      Thread.startVirtualThread(migration);
      awaitWaitingMigration();
      statement.execute("SELECT FROM osmo.access_token");
    }

    migration.get();
    assertThat(migrate(env())).as(said(err)).isZero();
  }

  @Test
  void a_migration_that_changes_a_table_of_the_exchange_locks_its_views_first() throws Exception {
    for (Path file : migrations()) {
      if (versionOf(file) > LAST_WITH_ITS_OWN_ORDER) {
        assertThat(locksInAnotherOrder(Files.readString(file))).as(file.toString()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE users ADD COLUMN a text;",
        "-- LOCK TABLE usable_secret, access_token_with_roles IN ACCESS EXCLUSIVE MODE;\nALTER TABLE access_token ADD a text;",
        "CREATE TABLE a (token_id text REFERENCES access_token);",
        "CREATE INDEX a ON access_token_secret (id);",
        "DROP TRIGGER a ON users;",
        "CREATE OR REPLACE VIEW usable_secret AS SELECT 1;",
        "UPDATE users SET disabled_at = null;\nLOCK TABLE usable_secret, access_token_with_roles IN ACCESS EXCLUSIVE MODE;"
      })
  void another_order_is_detected(String migration) {
    assertThat(locksInAnotherOrder(migration)).isTrue();
    assertThat(locksInAnotherOrder(VIEWS_FIRST + "\n" + migration)).isFalse();
  }

  /** A function may do what it likes: it locks when it is called. */
  @Test
  void a_migration_of_other_tables_locks_what_it_needs() {
    assertThat(locksInAnotherOrder("CREATE TABLE a (id text); CREATE INDEX b ON a (id);"))
        .isFalse();
    assertThat(
            locksInAnotherOrder(
                "CREATE FUNCTION a() RETURNS void LANGUAGE sql AS $$ UPDATE users SET id = id $$;"))
        .isFalse();
  }

  private static boolean locksInAnotherOrder(String migration) {
    String statements =
        migration.replaceAll("--[^\n]*", "").replaceAll("(?s)\\$\\$.*?\\$\\$", "").strip();
    return LOCKS_A_TABLE_OF_THE_EXCHANGE.matcher(statements).find()
        && !statements.startsWith(VIEWS_FIRST);
  }

  /** As a release with this schema has left the database. */
  private void migrateTo(int version, Path folder) throws Exception {
    for (Path file : migrations()) {
      if (versionOf(file) <= version) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
    }
    Flyway.configure()
        .dataSource(urlOf(database), MigratedPostgres.OWNER, MigratedPostgres.PASSWORD)
        .defaultSchema("osmo")
        .createSchemas(true)
        .group(true)
        .locations("filesystem:" + folder)
        .load()
        .migrate();
  }

  private void awaitWaitingMigration() throws SQLException {
    try (Connection observer =
            DriverManager.getConnection(
                urlOf("postgres"), MigratedPostgres.SUPERUSER, MigratedPostgres.PASSWORD);
        PreparedStatement waiting =
            observer.prepareStatement(
                "SELECT FROM pg_stat_activity WHERE datname = ? AND wait_event_type = 'Lock' AND wait_event = 'relation'")) {
      waiting.setString(1, database);
      await()
          .atMost(Patience.LONG)
          .until(
              () -> {
                try (ResultSet found = waiting.executeQuery()) {
                  return found.next();
                }
              });
    }
  }

  @Test
  void a_failed_migration_rolls_back_all_and_is_reported_with_postgresqls_message()
      throws SQLException {
    asOwner("CREATE SCHEMA osmo");
    migrate(env());
    asOwner(
        "DELETE FROM osmo.flyway_schema_history WHERE version::integer >= 7 OR version IS NULL");
    asOwner("DROP TABLE osmo.signing_key");

    refuses(
        env(),
        "The migration failed and was rolled back: ERROR: relation \"idempotency_key\" already"
            + " exists");

    asOwner("SELECT 1 / (to_regclass('osmo.signing_key') IS NULL)::integer");
    asOwner(
        "SELECT 1 / (count(*) = 0)::integer FROM osmo.flyway_schema_history WHERE version::integer"
            + " >= 7 AND success");
  }

  private int migrate(Map<String, String> env) {
    return Migration.run(env, utf8(out), utf8(err));
  }

  private void refuses(Map<String, String> env, String sentence) {
    err.reset();
    out.reset();
    assertThat(migrate(env)).isEqualTo(1);
    assertThat(said(err)).isEqualTo(sentence + "\n");
    assertThat(said(out)).isEmpty();
  }

  private Map<String, String> env() {
    Map<String, String> env = new HashMap<>();
    env.put("TOKEN_SERVICE_MIGRATE_URL", urlOf(database));
    env.put("TOKEN_SERVICE_MIGRATE_USERNAME", MigratedPostgres.OWNER);
    env.put("TOKEN_SERVICE_MIGRATE_PASSWORD", MigratedPostgres.PASSWORD);
    return env;
  }

  private Map<String, String> with(String name, String value) {
    Map<String, String> env = env();
    env.put("TOKEN_SERVICE_MIGRATE_" + name, value);
    return env;
  }

  private String urlOf(String name) {
    return "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + name;
  }

  private void asSuperuser(String sql) throws SQLException {
    execute("postgres", "postgres", sql);
  }

  private void asSuperuserIn(String where, String sql) throws SQLException {
    execute(where, "postgres", sql);
  }

  private void asOwner(String sql) throws SQLException {
    execute(database, MigratedPostgres.OWNER, sql);
  }

  private void execute(String where, String user, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(urlOf(where), user, MigratedPostgres.PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<Integer> versionsInTheMigrationFolder()
      throws IOException, URISyntaxException {
    return migrations().stream().map(MigrationTest::versionOf).sorted().toList();
  }

  private static List<Path> migrations() throws IOException, URISyntaxException {
    Path folder = Path.of(Migration.class.getResource("/db/migration").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> VERSIONED.matcher(file.getFileName().toString()).matches())
          .toList();
    }
  }

  private static int versionOf(Path migration) {
    Matcher version = VERSIONED.matcher(migration.getFileName().toString());
    assertThat(version.matches()).isTrue();
    return Integer.parseInt(version.group(1));
  }

  private static PrintStream utf8(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String said(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
