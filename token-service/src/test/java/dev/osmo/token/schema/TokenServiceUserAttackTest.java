package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * An attacker has the database password of token-service. They can assign roles and create tokens,
 * visibly. They cannot read secrets, sign, or add roles to existing tokens.
 */
class TokenServiceUserAttackTest {

  private static final String PHC = "$argon2id$v=19$m=8,t=1,p=1$dmljdGlt$dmljdGltJ3MgaGFzaA";

  private final Fixture fixture = new Fixture();
  private final Session attacker = Session.tokenService();
  private final Session superuser = Session.superuser();
  private final byte[] lookup = Fixture.freshLookup();
  private String victim;
  private UUID held;
  private String token;

  @BeforeEach
  void a_victim_with_a_token() throws SQLException {
    victim = fixture.user();
    held = fixture.grantNewRole(victim);
    token = fixture.token(victim, held);
    superuser.run(
        "UPDATE access_token_secret SET lookup = ?, phc = ? WHERE token_id = ?",
        lookup,
        PHC,
        token);
    superuser.run(
        """
        INSERT INTO signing_key (kid, algorithm, public_jwk, private_key, state)
        VALUES ('victim', 'ES256', '{}', '\\x766963', 'pending') ON CONFLICT DO NOTHING
        """);
  }

  @AfterEach
  void close() {
    fixture.close();
    attacker.close();
    superuser.close();
  }

  @ParameterizedTest
  @Tag("I1")
  @ValueSource(
      strings = {
        "SELECT phc FROM access_token_secret",
        "SELECT lookup FROM access_token_secret",
        "SELECT * FROM access_token_secret",
        "SELECT s FROM access_token_secret s",
        "SELECT to_jsonb(s) FROM access_token_secret s",
        "SELECT count(*) FROM access_token_secret WHERE phc < 'b'",
        "SELECT id FROM access_token_secret ORDER BY lookup",
        "SELECT id FROM access_token_secret GROUP BY id, lookup",
        "SELECT count(phc) FROM access_token_secret",
        "SELECT 1 FROM access_token_secret a JOIN access_token_secret b USING (lookup)",
        "TABLE access_token_secret",
        "EXPLAIN SELECT phc FROM access_token_secret",
        "COPY (SELECT phc FROM access_token_secret) TO STDOUT",
        "COPY access_token_secret TO STDOUT",
        "UPDATE access_token_secret SET reason = phc",
        "DELETE FROM access_token_secret WHERE lookup > '' RETURNING phc",
        "SELECT id FROM access_token_secret FOR UPDATE",
        "LOCK TABLE access_token_secret IN ACCESS EXCLUSIVE MODE",
        "CREATE VIEW mine AS SELECT phc FROM access_token_secret",
        "CREATE TEMPORARY TABLE mine AS SELECT 1",
        "SELECT private_key FROM signing_key",
        "SELECT kid FROM signing_key",
        "SELECT count(*) FROM signing_key",
        "SELECT revoke_secret('\\x00', 'guess')",
        "SELECT * FROM prune_removals(1)",
        "SELECT record_use(NULL, NULL)",
        "SELECT pg_read_file('postgresql.conf')",
        "SELECT lo_create(0)",
        "SELECT lo_creat(-1)",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT lo_open(1, 131072)",
        "SELECT lo_put(1, 0, 'x')",
        "SELECT lo_unlink(1)",
        "SELECT * FROM pg_statistic",
        "SELECT rolpassword FROM pg_authid",
        "INSERT INTO live_secret (id, token_id, pepper_id) VALUES (gen_random_uuid(), 'x', 'p1')",
        "UPDATE live_secret SET token_id = 'x'",
        "DELETE FROM live_secret",
        "SELECT id FROM live_secret FOR UPDATE",
        "UPDATE access_token_with_state SET expires_at = 'infinity'",
        "DELETE FROM access_token_with_state",
        "ALTER VIEW live_secret SET (security_invoker = false)",
        "CREATE OR REPLACE VIEW osmo.live_secret AS SELECT id, token_id, pepper_id FROM access_token_secret",
        "CREATE OR REPLACE FUNCTION osmo.secret_is_live(revoked_at timestamptz, valid_until timestamptz, at_time timestamptz) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "SET ROLE osmo_owner",
        "SET SESSION AUTHORIZATION osmo_auth_exchange",
        "SET session_replication_role = replica",
        "GRANT SELECT ON access_token_secret TO osmo_token_service WITH GRANT OPTION",
        "ALTER FUNCTION record_use(uuid[], timestamptz[]) SECURITY INVOKER",
        "CREATE FUNCTION osmo.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'"
      })
  void no_statement_reads_a_secret_or_gains_a_privilege(String sql) throws SQLException {
    attacker.begin();
    attacker.refuses(Session.PERMISSION_DENIED, sql);
    attacker.rollback();
  }

  @ParameterizedTest
  @Tag("I1")
  @ValueSource(
      strings = {
        "RETURNING phc",
        "RETURNING lookup",
        "RETURNING *",
        "RETURNING new.phc",
        "ON CONFLICT (lookup) DO NOTHING",
        "ON CONFLICT (lookup) DO UPDATE SET reason = 'x'",
        "ON CONFLICT ON CONSTRAINT access_token_secret_lookup_once DO UPDATE SET reason = 'x' RETURNING phc"
      })
  void an_insert_cannot_return_the_secret(String ending) throws SQLException {
    attacker.refuses(
        Session.PERMISSION_DENIED,
        "INSERT INTO access_token_secret (token_id, lookup, pepper_id, phc) VALUES (?, ?, 'p1', ?) "
            + ending,
        token,
        lookup,
        PHC);
  }

  @Test
  @Tag("I1")
  void a_collision_does_not_repeat_the_lookup_in_its_message() throws SQLException {
    SQLException refusal =
        attacker.refuses(
            "23505",
            "INSERT INTO access_token_secret (token_id, lookup, pepper_id, phc) VALUES (?, ?, 'p1', ?)",
            token,
            lookup,
            PHC);

    assertThat(refusal.getMessage())
        .doesNotContain(HexFormat.of().formatHex(lookup))
        .doesNotContain(PHC);
  }

  @Test
  @Tag("I1")
  void the_statistics_of_the_planner_do_not_show_secrets() throws SQLException {
    for (int i = 0; i < 5; i++) {
      fixture.token(victim);
    }
    superuser.run("ANALYZE access_token_secret");
    superuser.run("ANALYZE signing_key");
    String statistics =
        """
        SELECT attname::text FROM pg_stats
         WHERE schemaname = 'osmo' AND (attname IN ('lookup', 'phc', 'private_key') OR tablename = 'signing_key')
        """;

    assertThat(superuser.column(String.class, statistics)).contains("lookup", "phc");
    assertThat(attacker.column(String.class, statistics)).isEmpty();
  }

  @Test
  @Tag("I1")
  void the_statements_of_the_exchange_are_not_visible() throws SQLException {
    try (Session exchange = Session.authExchange()) {
      exchange.rows("SELECT phc FROM access_token_secret WHERE lookup = '\\x00'");

      assertThat(
              attacker.column(
                  String.class,
                  "SELECT query FROM pg_stat_activity WHERE usename = 'osmo_auth_exchange'"))
          .isNotEmpty()
          .containsOnly("<insufficient privilege>");
    }
  }

  @ParameterizedTest
  @Tag("I4")
  @ValueSource(
      strings = {
        "INSERT INTO access_token (id, user_id, name, expires_at, created_by, created_xid) SELECT 'pat_0000000000000000000000', id, 'x', now(), 'x', pg_current_xact_id() FROM users LIMIT 1",
        "INSERT INTO access_token (id, user_id, name, expires_at, created_by, created_at) SELECT 'pat_0000000000000000000000', id, 'x', now(), 'x', now() FROM users LIMIT 1",
        "UPDATE access_token SET created_xid = pg_current_xact_id()",
        "UPDATE access_token SET expires_at = 'infinity'",
        "UPDATE access_token SET suspended_at = NULL",
        "UPDATE access_token_role SET assignment_id = gen_random_uuid()",
        "DELETE FROM access_token_role",
        "UPDATE access_token_secret SET valid_until = NULL",
        "UPDATE pepper_check SET check_value = '\\x00'",
        "DELETE FROM pepper_check",
        "INSERT INTO pepper_check (pepper_id, check_value) VALUES ('p', '') ON CONFLICT (pepper_id) DO UPDATE SET check_value = ''",
        "INSERT INTO access_token_secret (token_id, lookup, pepper_id, phc, first_used_at) VALUES ('x', '', 'p1', '', now())",
        "INSERT INTO role_assignment (id, user_id, role_name, assigned_by) SELECT assignment_id, user_id, 'osmo-admin', 'x' FROM role_removal",
        "INSERT INTO role_assignment (user_id, role_name, assigned_by, assigned_at) VALUES ('x', 'x', 'x', '2001-01-01')",
        "UPDATE role_assignment SET role_name = 'osmo-admin'",
        "UPDATE role SET name = 'osmo-admin'",
        "UPDATE users SET id = 'somebody@example.com'",
        "DELETE FROM role_removal",
        "UPDATE role_removal SET pruned_at = now()",
        "INSERT INTO role_removal (assignment_id, user_id, role_name, removed_by) VALUES (gen_random_uuid(), 'x', 'x', 'x')",
        "ALTER TABLE access_token_role DISABLE TRIGGER ALL",
        "DROP TRIGGER access_token_role_snapshot ON access_token_role",
        "TRUNCATE role_assignment CASCADE",
        "MERGE INTO access_token_role t USING role_assignment a ON t.assignment_id = a.id WHEN MATCHED THEN UPDATE SET assignment_id = a.id"
      })
  void no_statement_rewrites_a_token_or_its_origin(String sql) throws SQLException {
    attacker.refuses(Session.PERMISSION_DENIED, sql);
  }

  @ParameterizedTest
  @Tag("I3")
  @ValueSource(
      strings = {
        "'infinity', NULL",
        "'-infinity', NULL",
        "now() + interval '367 days', NULL",
        "now() + interval '1 day', 'infinity'",
        "now() + interval '1 day', now() + interval '367 days'"
      })
  void a_token_that_outlives_an_old_pepper_is_refused(String expiryAndRenewal) throws SQLException {
    attacker.refuses(
        Session.INTEGRITY_VIOLATION,
        "INSERT INTO access_token (id, user_id, name, created_by, expires_at, renewable_until)"
            + " VALUES ('pat_0000000000000000000000', ?, 'lasting', 'x', "
            + expiryAndRenewal
            + ")",
        victim);
  }

  @Test
  @Tag("I3")
  void an_expiry_is_not_moved_out_of_time() throws SQLException {
    attacker.refuses(Session.INTEGRITY_VIOLATION, "SELECT move_expiry(?, '-infinity')", token);
    assertThat(attacker.value(Boolean.class, "SELECT move_expiry(?, 'infinity')", token)).isFalse();
  }

  @ParameterizedTest
  @Tag("I4")
  @ValueSource(
      strings = {
        "INSERT INTO access_token_role (token_id, assignment_id) SELECT ?, id FROM role_assignment WHERE user_id = ?",
        "WITH a AS (SELECT ? AS token, id FROM role_assignment WHERE user_id = ?) INSERT INTO access_token_role (token_id, assignment_id) SELECT token, id FROM a ON CONFLICT DO NOTHING",
        "MERGE INTO access_token_role t USING (SELECT ?::text AS token, id FROM role_assignment WHERE user_id = ?) a ON false WHEN NOT MATCHED THEN INSERT (token_id, assignment_id) VALUES (a.token, a.id)"
      })
  void a_role_assigned_by_the_attacker_does_not_reach_an_existing_token(String widening)
      throws SQLException {
    fixture.grantNewRole(victim);

    attacker.refuses(Session.INTEGRITY_VIOLATION, widening, token, victim);
  }

  @Test
  @Tag("I4")
  void copy_from_runs_the_same_triggers() throws SQLException {
    UUID late = fixture.grantNewRole(victim);
    CopyManager copy = attacker.connection().unwrap(PGConnection.class).getCopyAPI();
    byte[] row = (token + "\t" + late + "\n").getBytes(StandardCharsets.UTF_8);

    assertThat(
            catchThrowable(
                () ->
                    copy.copyIn(
                        "COPY access_token_role (token_id, assignment_id) FROM STDIN",
                        new ByteArrayInputStream(row))))
        .hasMessageContaining("the roles of an access token are fixed at its creation");
  }

  @Test
  @Tag("I1")
  void copy_to_requires_the_select_privilege() {
    assertThat(
            catchThrowable(
                () ->
                    attacker
                        .connection()
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut(
                            "COPY access_token_secret (phc) TO STDOUT",
                            OutputStream.nullOutputStream())))
        .hasMessageContaining("permission denied for table access_token_secret");
  }

  @Test
  @Tag("I4")
  void a_token_recreated_in_one_transaction_does_not_accept_the_old_secret() throws SQLException {
    UUID wider = fixture.grantNewRole(victim);
    attacker.begin();
    attacker.run("DELETE FROM access_token WHERE id = ?", token);
    attacker.run(
        "INSERT INTO access_token (id, user_id, name, expires_at, created_by) VALUES (?, ?, 'again', now() + interval '1 day', 'x')",
        token,
        victim);
    attacker.run(
        "INSERT INTO access_token_role (token_id, assignment_id) VALUES (?, ?), (?, ?)",
        token,
        held,
        token,
        wider);
    attacker.commit();

    assertThat(superuser.count("SELECT count(*) FROM access_token_secret WHERE lookup = ?", lookup))
        .isZero();
  }

  @Test
  @Tag("I4")
  void security_definer_functions_ignore_the_search_path_of_the_attacker() throws SQLException {
    attacker.run("SET search_path = pg_temp, public");
    UUID role = fixture.grantNewRole(victim);
    attacker.begin();
    attacker.run("DELETE FROM osmo.role_assignment WHERE id = ?", role);
    attacker.commit();

    assertThat(
            superuser.column(
                String.class, "SELECT removed_by FROM role_removal WHERE assignment_id = ?", role))
        .isEqualTo(List.of("osmo_token_service"));
  }

  @Test
  @Tag("I8")
  void a_forged_notification_changes_nothing() throws SQLException {
    attacker.run("NOTIFY role_removed, 'prune everything'");

    assertThat(superuser.count("SELECT count(*) FROM access_token_role WHERE token_id = ?", token))
        .isEqualTo(1);
  }
}
