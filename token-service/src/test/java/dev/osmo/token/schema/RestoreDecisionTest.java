package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.token.migrate.RestoreDecision;
import dev.osmo.token.testing.RestoredCopy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A backup that is restored into another server, and {@code revoke-before} through its entry point.
 * The original had one user with a role, a token, a session and a signing key at the backup.
 */
@Tag("I3")
class RestoreDecisionTest {

  private static final String USER = "carol@example.com";

  private static final String CONTENT =
      """
      INSERT INTO users (id, created_by) VALUES ('carol@example.com', 'test'), ('dave@example.com', 'test');
      INSERT INTO role (name) VALUES ('builder');
      INSERT INTO role_assignment (user_id, role_name, assigned_by) VALUES ('carol@example.com', 'builder', 'test');
      INSERT INTO access_token (id, user_id, name, expires_at, created_by)
      VALUES ('pat_restored00000000000001', 'carol@example.com', 'ci', now() + interval '31 days', 'carol@example.com');
      INSERT INTO access_token_role (token_id, assignment_id)
      SELECT 'pat_restored00000000000001', id FROM role_assignment WHERE user_id = 'carol@example.com';
      INSERT INTO access_token_secret (token_id, lookup, pepper_id, phc)
      VALUES ('pat_restored00000000000001', decode(repeat('ab', 32), 'hex'), 'p1', '$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA');
      INSERT INTO login_session (user_id, provider, issuer, subject, client_id, expires_at)
      VALUES ('carol@example.com', 'dev', 'https://idp.example.com', 'carol', 'osmo-cli', now() + interval '1 day');
      INSERT INTO signing_key (kid, algorithm, public_jwk, private_key, state)
      VALUES ('key-1', 'ES256', '{}', '\\x00', 'active');
      INSERT INTO pepper_check (pepper_id, check_value) VALUES ('p1', decode(repeat('cd', 32), 'hex'));
      """;

  private static MigratedPostgres original;
  private static MigratedPostgres restored;
  private static RestoredCopy backup;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @BeforeAll
  static void back_up() throws SQLException {
    original = MigratedPostgres.start();
    // A server of its own; the other one may be the copy of a template.
    restored = MigratedPostgres.startEmpty();
    restored.migrate();
    run(original, CONTENT);
    backup = RestoredCopy.of(original);
  }

  @AfterAll
  static void stop() {
    original.close();
    restored.close();
  }

  @BeforeEach
  void restore() {
    backup.restoreInto(restored);
  }

  @Test
  void only_the_copy_is_recognized_as_one() throws SQLException {
    assertThat(value(original, "SELECT same_server FROM database_origin")).isEqualTo("t");
    assertThat(value(restored, "SELECT same_server FROM database_origin")).isEqualTo("f");
  }

  @Test
  void what_was_created_before_the_time_is_revoked_and_the_database_is_accepted()
      throws SQLException {
    assertThat(decide(Instant.now().toString())).as(said(err)).isZero();

    assertThat(said(out))
        .isEqualTo(
            """
            The database is accepted at epoch 0.
            Tokens revoked: 1. Sessions ended: 1. Signing keys revoked: 1.
            Roles removed: 0. Users disabled: 0.
            """);
    assertThat(value(restored, "SELECT count(*) FROM usable_secret")).isEqualTo("0");
    assertThat(value(restored, "SELECT count(*) FROM usable_session")).isEqualTo("0");
    assertThat(value(restored, "SELECT state || length(private_key) FROM signing_key"))
        .isEqualTo("gone0");
    assertThat(value(restored, "SELECT same_server FROM database_origin")).isEqualTo("t");
    assertThat(
            value(
                restored,
                "SELECT details ->> 'tokens' FROM audit_event WHERE action = 'database.accepted'"))
        .isEqualTo("1");
  }

  /** If the pepper file is lost. The id stays that of the lost pepper. */
  @Test
  void after_everything_is_revoked_no_pepper_is_needed_and_every_id_is_still_taken()
      throws SQLException {
    assertThat(value(restored, "SELECT pepper_id FROM pepper_in_use")).isEqualTo("p1");

    assertThat(decide(Instant.now().toString())).as(said(err)).isZero();

    assertThat(value(restored, "SELECT count(*) FROM pepper_in_use")).isEqualTo("0");
    assertThat(value(restored, "SELECT encode(check_value, 'hex') FROM pepper_check"))
        .isEqualTo("cd".repeat(32));
  }

  @Test
  void what_was_created_after_the_time_is_kept() throws SQLException {
    assertThat(decide("2026-01-01T00:00:00+01:00")).as(said(err)).isZero();

    assertThat(said(out)).contains("Tokens revoked: 0. Sessions ended: 0. Signing keys revoked: 0");
    assertThat(value(restored, "SELECT count(*) FROM usable_secret")).isEqualTo("1");
  }

  @Test
  void nothing_is_revoked_if_nothing_was_lost() throws SQLException {
    assertThat(decide("none")).as(said(err)).isZero();

    assertThat(value(restored, "SELECT count(*) FROM usable_secret")).isEqualTo("1");
    assertThat(value(restored, "SELECT same_server FROM database_origin")).isEqualTo("t");
  }

  @Test
  void removals_that_the_backup_lacks_are_repeated_from_a_file() throws Exception {
    assertThat(
            decide(
                "none",
                file(
                    "# from the log of the exchange\nCAROL@example.com builder\n\ndave@example.com\n")))
        .isZero();

    assertThat(said(out)).endsWith("Roles removed: 1. Users disabled: 1.\n");
    assertThat(value(restored, "SELECT count(*) FROM role_assignment WHERE role_name = 'builder'"))
        .isEqualTo("0");
    assertThat(
            value(restored, "SELECT removed_by FROM role_removal WHERE user_id = '" + USER + "'"))
        .isEqualTo("restore");
    assertThat(value(restored, "SELECT disabled_at IS NOT NULL FROM users WHERE id LIKE 'dave%'"))
        .isEqualTo("t");
  }

  @Test
  void lines_that_change_nothing_are_named() throws Exception {
    String file =
        file(
            """
            # after the backup
            carolx@example.com builder
            carol@example.com bilder
            carol@example.com builder

            davex@example.com
            """);

    assertThat(decide("none", file)).isZero();

    assertThat(said(out)).endsWith("Roles removed: 1. Users disabled: 0.\n");
    assertThat(said(err))
        .isEqualTo(
            """
            Warning: line 2 changed nothing: there is no user carolx@example.com with the role builder.
            Warning: line 3 changed nothing: there is no user carol@example.com with the role bilder.
            Warning: line 6 changed nothing: there is no enabled user davex@example.com.
            """);
  }

  @Test
  void a_second_run_at_the_same_epoch_revokes_and_removes_no_role() throws Exception {
    String file = file("carol@example.com builder\ndave@example.com\n");
    assertThat(decide(Instant.now().toString(), file)).as(said(err)).isZero();
    run(
        restored,
        """
        INSERT INTO role_assignment (user_id, role_name, assigned_by) VALUES ('carol@example.com', 'builder', 'test');
        UPDATE users SET disabled_at = NULL;
        """);
    out.reset();

    assertThat(decide(Instant.now().toString(), file)).as(said(err)).isZero();

    assertThat(said(out))
        .isEqualTo(
            """
            The database is accepted at epoch 0.
            Tokens revoked: 0. Sessions ended: 0. Signing keys revoked: 0.
            Roles removed: 0. Users disabled: 0.
            """);
    assertThat(said(err)).startsWith("Warning: no line of the file was applied: ").hasLineCount(1);
    assertThat(value(restored, "SELECT count(*) FROM role_assignment WHERE role_name = 'builder'"))
        .isEqualTo("1");
    assertThat(value(restored, "SELECT count(*) FROM users WHERE disabled_at IS NOT NULL"))
        .isEqualTo("0");
  }

  /** For example because the pepper file was copied, too. */
  @Test
  void a_later_time_at_the_same_epoch_revokes_what_the_first_one_left() throws SQLException {
    assertThat(decide("none")).as(said(err)).isZero();

    assertThat(decide(Instant.now().toString())).as(said(err)).isZero();

    assertThat(said(out)).contains("Tokens revoked: 1. Sessions ended: 1. Signing keys revoked: 1");
  }

  @Test
  void a_run_at_the_next_epoch_decides_again() throws SQLException {
    assertThat(decide("none")).as(said(err)).isZero();
    Map<String, String> env = env();
    env.put("TOKEN_SERVICE_DATABASE_EPOCH", "1");

    assertThat(decide(env, List.of(Instant.now().toString()))).as(said(err)).isZero();

    assertThat(said(out)).contains("Tokens revoked: 1. Sessions ended: 1. Signing keys revoked: 1");
  }

  @Test
  void the_epoch_becomes_the_configured_one() throws SQLException {
    Map<String, String> env = env();
    env.put("TOKEN_SERVICE_DATABASE_EPOCH", "7");

    assertThat(decide(env, List.of("none"))).as(said(err)).isZero();

    assertThat(value(restored, "SELECT epoch FROM database_origin")).isEqualTo("7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "2026-11-30", "2026-11-30T16:00:00", ""})
  void a_text_that_is_no_time_is_refused(String time) throws SQLException {
    assertThat(decide(time)).isEqualTo(2);

    assertThat(said(err)).contains("is not a time", "2026-11-30T16:00:00Z");
    assertThat(value(restored, "SELECT same_server FROM database_origin")).isEqualTo("f");
  }

  @Test
  void a_time_in_the_future_is_refused() throws SQLException {
    assertThat(decide(Instant.now().plusSeconds(3600).toString())).isEqualTo(1);

    assertThat(said(err)).contains("is in the future").contains("Nothing was changed.");
    assertThat(value(restored, "SELECT count(*) FROM usable_secret")).isEqualTo("1");
  }

  @Test
  void a_line_of_the_file_that_is_not_understood_is_named_and_nothing_changes() throws Exception {
    String file = file("carol@example.com builder\ncarol@example.com builder extra\n");

    assertThat(decide(Instant.now().toString(), file)).isEqualTo(2);

    assertThat(said(err)).contains("Line 2 of " + file);
    assertThat(value(restored, "SELECT count(*) FROM usable_secret")).isEqualTo("1");
  }

  @Test
  void the_users_of_the_services_cannot_accept_a_database() throws SQLException {
    for (String user : List.of(MigratedPostgres.TOKEN_SERVICE, MigratedPostgres.AUTH_EXCHANGE)) {
      try (Connection connection = restored.connectAs(user);
          Statement statement = connection.createStatement()) {
        for (String sql :
            List.of(
                "SELECT accept_restored(NULL, 0)",
                "UPDATE database_identity SET epoch = 1",
                "DELETE FROM database_identity")) {
          assertThat(catchThrowable(() -> statement.execute(sql)))
              .as(user + ": " + sql)
              .isInstanceOf(SQLException.class)
              .hasMessageContaining("permission denied");
        }
      }
    }
  }

  private String file(String content) throws IOException {
    return Files.writeString(folder.resolve("removals"), content).toString();
  }

  private int decide(String... arguments) {
    return decide(env(), List.of(arguments));
  }

  private int decide(Map<String, String> env, List<String> arguments) {
    return RestoreDecision.run(arguments, env, new PrintStream(out), new PrintStream(err));
  }

  private static Map<String, String> env() {
    Map<String, String> env = new HashMap<>();
    env.put("TOKEN_SERVICE_MIGRATE_URL", restored.jdbcUrl());
    env.put("TOKEN_SERVICE_MIGRATE_USERNAME", MigratedPostgres.OWNER);
    env.put("TOKEN_SERVICE_MIGRATE_PASSWORD", MigratedPostgres.PASSWORD);
    return env;
  }

  private static String said(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  private static void run(MigratedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = postgres.connectAsSuperuser();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(sql);
      connection.commit();
    }
  }

  private static String value(MigratedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = postgres.connectAsSuperuser();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
