package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.postgres.MigratedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule about tokens has one definition in the schema, and no statement repeats it. */
class RuleDefinitionsTest {

  /** The text of every function and view, as the catalogue has it now. */
  private static final String DEFINITIONS =
      """
      SELECT name, text FROM (
        SELECT proname::text AS name, pg_get_functiondef(oid) AS text
          FROM pg_proc WHERE pronamespace = 'osmo'::regnamespace
        UNION ALL
        SELECT relname::text, pg_get_viewdef(oid)
          FROM pg_class WHERE relnamespace = 'osmo'::regnamespace AND relkind = 'v'
      ) definition
       WHERE text ~* ? ORDER BY name
      """;

  private static final List<Path> SOURCES =
      List.of(Path.of("src/main/java"), Path.of("../auth-exchange-service/src/main/java"));

  /** How a statement would write the rule, as a regular expression for PostgreSQL and Java. */
  enum Rule {
    LIVE_SECRET("secret_is_live", "valid_until[)]?\\s+(IS\\s|[<>])|coalesce[(]\\w*[.]?valid_until"),
    STATE("token_state", "'expired'|suspended_at\\s+IS\\s+(NOT\\s+)?NULL[)]?\\s+(AND|THEN)"),
    EFFECTIVE_ROLES(
        "effective_roles", "(FROM|JOIN)\\s+[(]*(osmo[.])?access_token_role\\s+\\w+\\s+JOIN"),
    LIVE_SESSION("session_is_live", "[^a-z]ended_at[)]?\\s+IS\\s+(NOT\\s+)?NULL"),
    MUST_SIGN_IN("must_sign_in", "sign_in_due_at[)]?\\s+(IS\\s+(NOT\\s+)?NULL|[<>])");

    private final String definedBy;
    private final String pattern;

    Rule(String definedBy, String pattern) {
      this.definedBy = definedBy;
      this.pattern = pattern;
    }
  }

  private final Session superuser = Session.superuser();

  @BeforeEach
  void begin() throws SQLException {
    superuser.begin();
  }

  @AfterEach
  void undo() throws SQLException {
    superuser.rollback();
    superuser.close();
  }

  @ParameterizedTest
  @EnumSource
  void one_function_defines_the_rule(Rule rule) throws SQLException {
    assertThat(superuser.column(String.class, DEFINITIONS, rule.pattern))
        .containsExactly(rule.definedBy);
  }

  @ParameterizedTest
  @EnumSource
  void no_statement_of_a_service_repeats_the_rule(Rule rule) throws IOException {
    for (Path source : SOURCES) {
      assertThat(filesThatRepeat(rule, source)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "LIVE_SECRET; SELECT id FROM access_token_secret s WHERE s.revoked_at IS NULL AND (s.valid_until IS NULL OR s.valid_until > now())",
        "LIVE_SECRET; SELECT id FROM access_token_secret WHERE coalesce(valid_until, 'infinity') > clock_timestamp()",
        "STATE; SELECT CASE WHEN expires_at <= now() THEN 'expired' ELSE 'active' END FROM access_token",
        "STATE; SELECT id FROM access_token t WHERE t.suspended_at IS NULL AND t.expires_at > now()",
        "EFFECTIVE_ROLES; SELECT a.role_name FROM access_token_role r JOIN role_assignment a ON a.id = r.assignment_id",
        "LIVE_SESSION; SELECT id FROM login_session s WHERE s.ended_at IS NULL AND s.expires_at > now()",
        "MUST_SIGN_IN; SELECT id FROM users u WHERE u.sign_in_due_at IS NULL OR u.sign_in_due_at > now()"
      })
  void a_repeated_rule_is_detected(Rule rule, String statement) throws SQLException {
    superuser.run("CREATE VIEW osmo.repetition AS " + statement);

    assertThat(superuser.column(String.class, DEFINITIONS, rule.pattern)).contains("repetition");
    assertThat(repeats(rule, statement)).isTrue();
  }

  @ParameterizedTest
  @Tag("I3")
  @CsvSource({
    "true, 1 hour, , active",
    "true, 1 hour, -1 hour, suspended",
    "true, 0, , expired",
    "true, -1 hour, -1 hour, expired",
    "false, 1 hour, , revoked",
    "false, -1 hour, -1 hour, revoked"
  })
  void the_first_reason_that_applies_is_the_state(
      boolean hasLiveSecret, String expires, String suspended, String state) throws SQLException {
    assertThat(
            superuser.value(
                String.class,
                "SELECT token_state(?, now() + ?::interval, now() + ?::interval, now())",
                hasLiveSecret,
                expires,
                suspended))
        .isEqualTo(state);
  }

  @ParameterizedTest
  @Tag("I3")
  @CsvSource({
    ", , true",
    ", 1 hour, true",
    ", 0, false",
    ", -1 hour, false",
    "-1 hour, , false",
    "-1 hour, 1 hour, false"
  })
  void a_secret_is_live_until_it_is_revoked_or_expires(
      String revoked, String validUntil, boolean live) throws SQLException {
    assertThat(
            superuser.value(
                Boolean.class,
                "SELECT secret_is_live(now() + ?::interval, now() + ?::interval, now())",
                revoked,
                validUntil))
        .isEqualTo(live);
  }

  /** A call that the planner cannot replace would run once for each row of the exchange. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT role_name FROM effective_roles('pat', 'user')",
        "SELECT ARRAY(SELECT r.role_name FROM effective_roles(t.id, t.user_id) r) FROM access_token t",
        "SELECT id FROM live_secret",
        "SELECT id FROM usable_secret",
        "SELECT pepper_id FROM pepper_in_use",
        "SELECT id FROM usable_session"
      })
  void the_planner_replaces_a_rule_by_its_definition(String statement) throws SQLException {
    for (String service : List.of(MigratedPostgres.TOKEN_SERVICE, MigratedPostgres.AUTH_EXCHANGE)) {
      try (Session session = Session.as(service)) {
        assertThat(session.column(String.class, "EXPLAIN (VERBOSE) " + statement))
            .noneMatch(line -> line.contains("Function Scan"))
            .noneMatch(line -> line.contains("secret_is_live("))
            .noneMatch(line -> line.contains("token_state("))
            .noneMatch(line -> line.contains("session_is_live("))
            .noneMatch(line -> line.contains("must_sign_in("));
      }
    }
  }

  @Test
  @Tag("I4")
  void every_view_runs_with_the_privileges_of_its_reader() throws SQLException {
    String others =
        """
        SELECT relname::text FROM pg_class
         WHERE relnamespace = 'osmo'::regnamespace AND relkind IN ('v', 'm')
           AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)
        """;
    assertThat(superuser.rows(others)).isEmpty();

    superuser.run("CREATE VIEW osmo.planted AS SELECT phc FROM access_token_secret");
    assertThat(superuser.column(String.class, others)).containsExactly("planted");
  }

  @ParameterizedTest
  @Tag("I4")
  @CsvSource(
      delimiter = ';',
      value = {
        "access_token_secret (valid_until); SELECT id FROM live_secret",
        "access_token_secret (revoked_at); SELECT pepper_id FROM pepper_in_use",
        "users (disabled_at); SELECT id FROM usable_secret",
        "users (sign_in_due_at); SELECT id FROM usable_secret",
        "users (disabled_at); SELECT id FROM usable_session",
        "login_session (ended_at); SELECT id FROM usable_session",
        "access_token_role (assignment_id); SELECT * FROM effective_roles('pat', 'user')",
        "role_assignment (role_name); SELECT * FROM effective_roles('pat', 'user')"
      })
  void a_view_shows_nothing_to_a_user_without_privileges_on_its_columns(
      String column, String statement) throws SQLException {
    superuser.run("SET LOCAL ROLE osmo_auth_exchange");
    superuser.rows(statement);
    superuser.run("RESET ROLE");
    int at = column.indexOf(' ');
    superuser.run(
        "REVOKE SELECT %s ON %s FROM osmo_auth_exchange"
            .formatted(column.substring(at + 1), column.substring(0, at)));
    superuser.run("SET LOCAL ROLE osmo_auth_exchange");

    superuser.refuses(Session.PERMISSION_DENIED, statement);
  }

  private static List<Path> filesThatRepeat(Rule rule, Path source) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(all).isNotEmpty();
      return all.stream().filter(file -> repeats(rule, read(file))).toList();
    }
  }

  private static boolean repeats(Rule rule, String text) {
    return Pattern.compile(rule.pattern, Pattern.CASE_INSENSITIVE).matcher(text).find();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
