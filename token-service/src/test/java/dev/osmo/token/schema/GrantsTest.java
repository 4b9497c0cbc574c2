package dev.osmo.token.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.postgres.MigratedPostgres;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The grants limit what an attacker can do with the database password of a service. */
@Tag("I4")
class GrantsTest {

  private static final List<String> SERVICES =
      List.of(MigratedPostgres.TOKEN_SERVICE, MigratedPostgres.AUTH_EXCHANGE);

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

  @Test
  void the_services_have_exactly_the_privileges_of_the_table() throws SQLException {
    assertThat(Grants.inTheCatalogue(superuser)).containsExactlyElementsOf(Grants.thatMustBe());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GRANT SELECT (phc) ON access_token_secret TO osmo_token_service",
        "GRANT INSERT (created_xid) ON access_token TO osmo_token_service",
        "GRANT TRUNCATE ON role_assignment TO osmo_token_service",
        "GRANT MAINTAIN ON users TO osmo_auth_exchange",
        "GRANT SELECT ON users TO PUBLIC",
        "GRANT EXECUTE ON FUNCTION revoke_secret(bytea, text) TO PUBLIC",
        "GRANT UPDATE (token_id) ON live_secret TO osmo_token_service",
        "GRANT SELECT ON access_token_with_state TO osmo_auth_exchange",
        "REVOKE EXECUTE ON FUNCTION effective_roles(text, text) FROM osmo_auth_exchange",
        "GRANT USAGE ON SEQUENCE audit_event_id_seq TO osmo_auth_exchange",
        "GRANT CREATE ON SCHEMA osmo TO osmo_token_service",
        "GRANT USAGE ON SCHEMA public TO PUBLIC",
        "GRANT TEMPORARY ON DATABASE osmo TO osmo_auth_exchange",
        "GRANT osmo_owner TO osmo_token_service WITH INHERIT TRUE",
        "GRANT pg_read_all_data TO osmo_token_service WITH INHERIT TRUE",
        "ALTER TABLE signing_key OWNER TO osmo_token_service",
        "REVOKE DELETE ON access_token FROM osmo_token_service"
      })
  void one_privilege_too_many_or_too_few_is_detected(String planted) throws SQLException {
    superuser.run(planted);

    assertThat(Grants.inTheCatalogue(superuser)).isNotEqualTo(Grants.thatMustBe());
  }

  @Test
  void no_privilege_has_the_grant_option() throws SQLException {
    assertThat(
            superuser.rows(
                """
                SELECT relname FROM pg_class, aclexplode(relacl) a
                 WHERE a.is_grantable AND a.grantee <> relowner
                UNION ALL
                SELECT attname FROM pg_attribute, aclexplode(attacl) a WHERE a.is_grantable
                UNION ALL
                SELECT proname FROM pg_proc, aclexplode(proacl) a
                 WHERE a.is_grantable AND a.grantee <> proowner
                """))
        .isEmpty();
  }

  @Test
  void new_functions_and_types_have_no_privileges_until_they_are_granted() throws SQLException {
    superuser.run("SET LOCAL ROLE osmo_owner");
    superuser.run("CREATE FUNCTION a_later_one() RETURNS integer LANGUAGE sql AS 'SELECT 1'");
    superuser.run("CREATE TABLE a_later_table (secret text)");
    superuser.run("RESET ROLE");

    assertThat(Grants.inTheCatalogue(superuser))
        .filteredOn(grant -> grant.object().startsWith("a_later"))
        .isEmpty();
  }

  @Test
  void the_login_roles_have_no_privileges_beyond_their_grants() throws SQLException {
    assertThat(
            superuser.rows(
                """
                SELECT rolname FROM pg_roles
                 WHERE rolname LIKE 'osmo%'
                   AND (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls)
                """))
        .isEmpty();
    assertThat(
            superuser.rows(
                "SELECT member::regrole FROM pg_auth_members WHERE member::regrole::text LIKE 'osmo%'"))
        .isEmpty();
  }

  @Test
  void the_login_roles_can_connect_to_no_other_database() throws SQLException {
    assertThat(
            superuser.column(
                String.class,
                """
                SELECT DISTINCT datname::text
                  FROM pg_database, unnest(ARRAY['osmo_owner', 'osmo_token_service', 'osmo_auth_exchange']) AS login
                 WHERE datallowconn AND has_database_privilege(login, oid, 'CONNECT')
                """))
        .containsExactly("osmo");
  }

  @Test
  void the_services_can_execute_no_function_for_large_objects() throws SQLException {
    assertThat(
            superuser.column(
                String.class,
                """
                SELECT DISTINCT p.oid::regprocedure::text
                  FROM pg_proc p, unnest(ARRAY['osmo_token_service', 'osmo_auth_exchange']) AS login
                 WHERE pronamespace = 'pg_catalog'::regnamespace
                   AND (proname LIKE 'lo\\_%' OR proname IN ('loread', 'lowrite'))
                   AND has_function_privilege(login, p.oid, 'EXECUTE')
                """))
        .isEmpty();
  }

  /** The detail of a violated constraint contains the row, including lookup and hash. */
  @Test
  void postgresql_logs_statements_of_the_services_without_details() throws SQLException {
    for (String service : SERVICES) {
      try (Session session = Session.as(service)) {
        assertThat(session.column(String.class, "SELECT current_setting('log_error_verbosity')"))
            .containsExactly("terse");
        session.refuses(Session.PERMISSION_DENIED, "SET log_error_verbosity = verbose");
      }
    }
  }

  @Test
  void the_services_own_nothing() throws SQLException {
    assertThat(
            superuser.rows(
                """
                SELECT objid FROM pg_shdepend
                 WHERE deptype = 'o' AND refobjid IN ('osmo_token_service'::regrole, 'osmo_auth_exchange'::regrole)
                """))
        .isEmpty();
  }

  @Test
  void a_security_definer_function_searches_only_our_schema() throws SQLException {
    assertThat(
            superuser.column(
                String.class,
                """
                SELECT proname::text FROM pg_proc
                 WHERE prosecdef AND pronamespace = 'osmo'::regnamespace
                   AND NOT coalesce('search_path=osmo, pg_temp' = ANY (proconfig), false)
                """))
        .isEmpty();
  }

  @Test
  void every_forbidden_verb_is_refused_and_every_allowed_one_works() throws SQLException {
    NavigableSet<Grant> allowed = Grants.thatMustBe();
    List<Attempt> attempts = Attempt.all(superuser);
    assertThat(attempts.size()).isGreaterThan(300);

    for (String service : SERVICES) {
      try (Session session = Session.as(service)) {
        session.begin();
        for (Attempt attempt : attempts) {
          attempt.expect(session, attempt.isAllowed(service, allowed));
        }
        session.rollback();
      }
    }
  }

  @Test
  void every_privilege_of_the_table_is_attempted() throws SQLException {
    Set<Grant> attempted = new HashSet<>();
    for (Attempt attempt : Attempt.all(superuser)) {
      SERVICES.forEach(service -> attempted.addAll(attempt.grantsThatAllow(service)));
    }
    NavigableSet<Grant> missed = new TreeSet<>(Grants.thatMustBe());
    missed.removeAll(attempted);

    assertThat(missed).extracting(Grant::object).containsOnly("database osmo", "schema osmo");
  }
}
