package dev.osmo.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.People;
import dev.osmo.testkit.postgres.MigratedPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An attacker with the database password of the exchange can read, sign and prune, and nothing
 * else.
 */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class DatabaseUserAttackTest {

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  private People people;
  private IssuedPat pat;

  @BeforeEach
  void aVictim() {
    people = new People(databaseUrl);
    pat = people.pat(people.person("osmo-user", "osmo-ml-team"));
  }

  @ParameterizedTest
  @Tag("I4")
  @ValueSource(
      strings = {
        "INSERT INTO users (id, created_by) VALUES ('evil', 'evil')",
        "UPDATE users SET disabled_at = NULL",
        "DELETE FROM users",
        "INSERT INTO role (name) VALUES ('evil')",
        "INSERT INTO role_assignment (user_id, role_name, assigned_by) VALUES ('{owner}',"
            + " 'osmo-admin', 'x')",
        "UPDATE role_assignment SET role_name = 'osmo-admin'",
        "DELETE FROM role_assignment",
        "INSERT INTO access_token (id, user_id, name, expires_at, created_by) VALUES"
            + " ('pat_0000000000000000000000', '{owner}', 'evil', now() + interval '1 day', 'x')",
        "UPDATE access_token SET expires_at = now() + interval '10 years' WHERE id = '{pat}'",
        "UPDATE access_token SET suspended_at = NULL WHERE id = '{pat}'",
        "INSERT INTO access_token_secret (token_id, trusted_issuer, trusted_audience,"
            + " trusted_subject) VALUES ('{pat}', 'https://evil.example.com', 'osmo', 'evil')",
        "UPDATE access_token_secret SET trusted_subject = 'evil' WHERE token_id = '{pat}'",
        "UPDATE access_token SET user_id = 'admin'",
        "DELETE FROM access_token WHERE id = '{pat}'",
        "INSERT INTO access_token_secret (token_id, lookup, pepper_id, phc)"
            + " VALUES ('{pat}', decode(repeat('00', 32), 'hex'), 'p1', '$argon2id$')",
        "INSERT INTO pepper_check (pepper_id, check_value) VALUES ('p', decode(repeat('00', 32), 'hex'))",
        "UPDATE pepper_check SET check_value = ''",
        "DELETE FROM pepper_check",
        "UPDATE access_token_secret SET revoked_at = NULL",
        "UPDATE access_token_secret SET valid_until = NULL",
        "UPDATE access_token_secret SET phc = '$argon2id$'",
        "DELETE FROM access_token_secret",
        "INSERT INTO access_token_role (token_id, assignment_id) SELECT '{pat}', id FROM"
            + " role_assignment",
        "UPDATE access_token_role SET role_name = 'osmo-admin'",
        "DELETE FROM access_token_role WHERE token_id = '{pat}'",
        "INSERT INTO role_removal (assignment_id, user_id, role_name, removed_by)"
            + " SELECT id, user_id, role_name, 'x' FROM role_assignment",
        "UPDATE role_removal SET pruned_at = now()",
        "UPDATE role_removal SET pruned_at = NULL",
        "DELETE FROM role_removal",
        "INSERT INTO audit_event (actor, action) VALUES ('admin@example.com', 'role.granted')",
        "UPDATE audit_event SET actor = 'somebody else'",
        "DELETE FROM audit_event",
        "INSERT INTO access_token_use VALUES ('{pat}', now())",
        "UPDATE access_token_use SET last_used_at = now()",
        "UPDATE signing_key SET private_key = ''",
        "UPDATE signing_key SET public_jwk = '{}'",
        "DELETE FROM signing_key",
        "INSERT INTO idempotency_key (user_id, key_hash, request_hash, pat_id) VALUES ('{owner}',"
            + " '', '', '{pat}')",
        "UPDATE bootstrap_token SET digest = ''",
        "UPDATE signing_key SET kid = 'evil'",
        "UPDATE signing_key SET retired_at = now()",
        "UPDATE signing_key SET private_key = '' WHERE state = 'gone'",
        "MERGE INTO access_token_role t USING role_assignment a ON false WHEN NOT MATCHED THEN"
            + " INSERT (token_id, assignment_id) VALUES ('{pat}', a.id)",
        "COPY access_token_role (token_id, assignment_id) FROM STDIN",
        "WITH x AS (DELETE FROM access_token_role RETURNING token_id) SELECT * FROM x",
        "INSERT INTO audit_event (id, actor, action) OVERRIDING SYSTEM VALUE VALUES (1, 'x', 'x')",
        "SELECT nextval('audit_event_id_seq')",
        "SELECT setval('role_removal_id_seq', 1)",
        "INSERT INTO deleted_token_origin (id, parent_id) VALUES ('{pat}', '{pat}')",
        "DELETE FROM deleted_token_origin",
        "SELECT end_secret(gen_random_uuid(), now() + interval '1 year')",
        "SELECT revoke_tokens(ARRAY['{pat}'], 'evil')",
        "SELECT suspend_token('{pat}', false)",
        "SELECT move_expiry('{pat}', now() + interval '300 days')",
        "SELECT revoke_leaked(ARRAY[]::bytea[], 'evil')",
        "INSERT INTO live_secret (id, token_id, pepper_id) VALUES (gen_random_uuid(), '{pat}',"
            + " 'p1')",
        "UPDATE live_secret SET token_id = '{pat}'",
        "DELETE FROM live_secret",
        "DELETE FROM access_token_with_state",
        "TRUNCATE role_removal",
        "TRUNCATE access_token_role",
        "TRUNCATE audit_event",
      })
  void no_row_can_be_inserted_or_changed(String sql) {
    refused(sql);
  }

  @ParameterizedTest
  @Tag("I11")
  @ValueSource(
      strings = {
        "SELECT description FROM access_token",
        "SELECT * FROM access_token",
        "SELECT renewable_until FROM access_token",
        "SELECT * FROM access_token_secret",
        "SELECT * FROM access_token_role",
        "SELECT role_name FROM access_token_role",
        "SELECT assigned_by FROM role_assignment",
        "SELECT created_by FROM users",
        "SELECT user_id FROM role_removal",
        "SELECT * FROM audit_event",
        "SELECT * FROM idempotency_key",
        "SELECT * FROM bootstrap_token",
        "SELECT * FROM access_token_use",
        "SELECT * FROM deleted_token_origin",
        "SELECT derived_tokens(ARRAY['{pat}'])",
        "SELECT * FROM flyway_schema_history",
        "SELECT count(description) FROM access_token",
        "SELECT id FROM access_token ORDER BY description",
        "SELECT to_jsonb(t) FROM access_token t",
        "COPY (SELECT description FROM access_token) TO STDOUT",
        "SELECT * FROM profile",
        "SELECT state FROM access_token_with_state",
        "SELECT id FROM live_secret FOR UPDATE",
        "SELECT * FROM pg_statistic",
        "SELECT rolpassword FROM pg_authid",
        "SELECT id FROM users FOR UPDATE",
      })
  void nothing_can_be_read_that_an_exchange_does_not_need(String sql) {
    refused(sql);
  }

  @ParameterizedTest
  @Tag("I4")
  @ValueSource(
      strings = {
        "SET ROLE osmo_owner",
        "SET ROLE osmo_token_service",
        "SET SESSION AUTHORIZATION postgres",
        "GRANT INSERT ON access_token TO osmo_auth_exchange",
        "ALTER TABLE role_removal DISABLE TRIGGER ALL",
        "ALTER TABLE access_token DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "CREATE TABLE osmo.evil (x int)",
        "CREATE TABLE public.evil (x int)",
        "CREATE TEMP TABLE users (x int)",
        "CREATE FUNCTION osmo.evil() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA evil",
        "DROP TRIGGER access_token_role_snapshot ON access_token_role",
        "LOCK TABLE users",
        "COPY (SELECT 1) TO PROGRAM 'id'",
        "COPY (SELECT 1) TO '/nowhere/evil'",
        "COPY signing_key (kid, algorithm, public_jwk, private_key, state) FROM '/etc/passwd'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_ls_dir('.')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT lo_export(1, '/nowhere/evil')",
        "SELECT lo_create(0)",
        "SELECT lo_creat(-1)",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT pg_reload_conf()",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename IS DISTINCT FROM"
            + " session_user",
        "SET log_error_verbosity = 'verbose'",
        "SET session_preload_libraries = 'evil'",
        "LOAD '/nowhere/evil'",
        "CREATE EVENT TRIGGER evil ON ddl_command_end EXECUTE FUNCTION refuse_change()",
        "CREATE RULE evil AS ON UPDATE TO access_token DO INSTEAD NOTHING",
        "CREATE TRIGGER evil BEFORE INSERT ON access_token FOR EACH ROW EXECUTE FUNCTION"
            + " refuse_change()",
        "ALTER FUNCTION prune_removals(integer) SECURITY INVOKER",
        "CREATE OR REPLACE FUNCTION osmo.prune_removals(batch_size integer) RETURNS integer"
            + " LANGUAGE sql AS 'SELECT 1'",
        "ALTER VIEW live_secret SET (security_invoker = false)",
        "CREATE OR REPLACE VIEW osmo.usable_secret AS SELECT * FROM osmo.live_secret",
        "CREATE OR REPLACE FUNCTION osmo.effective_roles(token text, owner text)"
            + " RETURNS TABLE (assignment_id uuid, role_name text) LANGUAGE sql"
            + " AS 'SELECT id, role_name FROM osmo.role_assignment'",
        "CREATE ROLE evil",
        "COMMENT ON TABLE access_token IS 'evil'",
        "ALTER ROLE osmo_auth_exchange SUPERUSER",
        "SELECT snapshot_role()",
        "SELECT record_role_removal()",
      })
  void no_statement_circumvents_the_grants(String sql) {
    refused(sql);
  }

  @ParameterizedTest
  @Tag("I4")
  @ValueSource(
      strings = {
        "CREATE DATABASE evil",
        "ALTER SYSTEM SET log_statement = 'all'",
        "CREATE SUBSCRIPTION evil CONNECTION 'host=127.0.0.1' PUBLICATION evil",
      })
  void no_transaction_circumvents_the_grants(String sql) throws SQLException {
    try (Connection attacker = people.connect(MigratedPostgres.AUTH_EXCHANGE);
        Statement statement = attacker.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(e.getSQLState()).as(sql).isEqualTo(INSUFFICIENT_PRIVILEGE));
    }
  }

  @Test
  @Tag("I4")
  void pruning_deletes_only_removed_roles() throws SQLException {
    try (Connection attacker = people.connect(MigratedPostgres.AUTH_EXCHANGE);
        Statement statement = attacker.createStatement()) {
      statement.execute("SET osmo.actor = 'admin@example.com'");
      statement.execute("SELECT * FROM prune_removals(1000000)");
    }

    assertThat(
            people.query(
                "SELECT role_name FROM access_token_role WHERE token_id = ? ORDER BY 1", pat.id()))
        .containsExactly("osmo-ml-team", "osmo-user");
  }

  @Test
  @Tag("I11")
  void an_audit_row_names_the_exchange_whatever_actor_it_sets() throws SQLException {
    String before = people.query("SELECT coalesce(max(id), 0) FROM audit_event").getFirst();
    people.remove(pat.owner(), "osmo-ml-team");
    try (Connection attacker = people.connect(MigratedPostgres.AUTH_EXCHANGE);
        Statement statement = attacker.createStatement()) {
      statement.execute("SET osmo.actor = 'admin@example.com'");
      statement.execute("SET application_name = 'admin@example.com'");
      statement.execute("SET search_path = pg_temp, public, osmo");
      statement.execute("SELECT * FROM prune_removals(NULL)");
      statement.execute("SELECT * FROM prune_removals(-2147483648)");
      statement.execute(
          "SELECT revoke_secret(lookup, repeat('x', 100000)) FROM access_token_secret WHERE token_id = '%s'"
              .formatted(pat.id()));
      statement.execute("SELECT revoke_secret(NULL, NULL)");
      statement.execute(
          "INSERT INTO signing_key (kid, algorithm, public_jwk, private_key, state)"
              + " VALUES ('admin@example.com', 'ES256', '{}', '', 'gone')");
    } finally {
      people.asSuperuser("DELETE FROM signing_key WHERE kid = 'admin@example.com'");
    }

    assertThat(
            people.query(
                "SELECT action FROM audit_event WHERE id > ?::bigint AND actor <>"
                    + " 'osmo_auth_exchange'",
                before))
        .isEmpty();
    assertThat(
            people.query(
                "SELECT DISTINCT action FROM audit_event WHERE id > ?::bigint AND actor ="
                    + " 'osmo_auth_exchange'",
                before))
        .contains("role.pruned", "secret.revoked", "signing-key.gone");
    assertThat(
            people.query(
                "SELECT length(details ->> 'reason') FROM audit_event"
                    + " WHERE action = 'secret.revoked' AND pat_id = ?",
                pat.id()))
        .containsExactly("200");
  }

  @Test
  void the_audit_row_of_a_revocation_names_the_exchange() throws SQLException {
    try (Connection attacker = people.connect(MigratedPostgres.AUTH_EXCHANGE);
        Statement statement = attacker.createStatement()) {
      statement.execute("SET osmo.actor = 'admin@example.com'");
      statement.execute(
          "SELECT revoke_secret(lookup, 'because') FROM access_token_secret WHERE token_id = '%s'"
              .formatted(pat.id()));
    }

    assertThat(
            people.query(
                "SELECT actor FROM audit_event WHERE action = 'secret.revoked' AND pat_id = ?",
                pat.id()))
        .containsExactly("osmo_auth_exchange");
  }

  @Test
  void a_use_cannot_be_recorded_in_the_future_or_for_a_missing_token() throws SQLException {
    try (Connection attacker = people.connect(MigratedPostgres.AUTH_EXCHANGE);
        Statement statement = attacker.createStatement()) {
      statement.execute(
          "SELECT record_use(array_agg(id) || gen_random_uuid(), ARRAY['2100-01-01',"
              + " '2100-01-01']::timestamptz[])"
              + " FROM access_token_secret WHERE token_id = '%s'".formatted(pat.id()));
    }

    assertThat(
            people.query(
                "SELECT token_id FROM access_token_use WHERE last_used_at > clock_timestamp()"))
        .isEmpty();
  }

  @Test
  void a_use_cannot_be_recorded_before_the_creation_of_the_token_or_without_a_time()
      throws SQLException {
    try (Connection attacker = people.connect(MigratedPostgres.AUTH_EXCHANGE);
        Statement statement = attacker.createStatement()) {
      statement.execute(
          "SELECT record_use(ARRAY[id, id, NULL, id], ARRAY['-infinity', NULL,"
              + " now()]::timestamptz[])"
              + " FROM access_token_secret WHERE token_id = '%s'".formatted(pat.id()));
    }

    assertThat(
            people.query(
                "SELECT s.first_used_at = s.created_at AND u.last_used_at = s.created_at"
                    + " FROM access_token_secret s JOIN access_token_use u USING (token_id)"
                    + " WHERE token_id = ?",
                pat.id()))
        .containsExactly("t");
  }

  @Test
  void everything_that_the_exchange_needs_is_granted() {
    List<String> needed =
        List.of(
            "SELECT id, disabled_at FROM users",
            "SELECT id, user_id, role_name FROM role_assignment",
            "SELECT kid, private_key FROM signing_key",
            "SELECT version, success FROM flyway_schema_history",
            "LISTEN role_removed");

    assertThatCode(() -> needed.forEach(sql -> people.as(MigratedPostgres.AUTH_EXCHANGE, sql)))
        .doesNotThrowAnyException();
  }

  private void refused(String template) {
    String sql = template.replace("{owner}", pat.owner()).replace("{pat}", pat.id());
    try (Connection attacker = people.connect(MigratedPostgres.AUTH_EXCHANGE);
        Statement statement = attacker.createStatement()) {
      attacker.setAutoCommit(false);
      statement.execute(sql);
      attacker.rollback();
      throw new AssertionError("the database let it happen: " + sql);
    } catch (SQLException e) {
      assertThat(e.getSQLState()).as(sql + ": " + e.getMessage()).isEqualTo(INSUFFICIENT_PRIVILEGE);
    }
  }
}
