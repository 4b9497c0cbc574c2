package dev.osmo.token.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.postgres.Plans;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plans of the statements that most requests run. */
class HotPlansTest {

  private static final String USER = "'u346'";
  private static final String TOKEN = "'pat_0000000000000000012345'";

  private static final Map<String, String> PARAMETERS =
      Map.ofEntries(
          Map.entry("after", "''"),
          Map.entry("issuer", "'https://idp.test'"),
          Map.entry("limit", "1001"),
          Map.entry("max_live", "100"),
          Map.entry("name", "'t12345'"),
          Map.entry("one", USER),
          Map.entry("other", "'u7'"),
          Map.entry("owner", USER),
          Map.entry("pat", TOKEN),
          Map.entry("secret", "NULL"),
          Map.entry("session", "'00000000-0000-0000-0000-000000012345'"),
          Map.entry("subject", "'s346'"),
          Map.entry("timeline", "''"),
          Map.entry("token", TOKEN),
          Map.entry("user", USER));

  private static Plans plans;

  @BeforeAll
  static void start() {
    plans = Plans.start();
  }

  @AfterAll
  static void close() {
    plans.close();
  }

  @ParameterizedTest
  @CsvSource({
    "caller.CurrentPermissions, CURRENT_PERMISSIONS",
    "caller.CurrentPermissions, PERMISSIONS_OF_SESSION",
    "pat.create.CreationReader, FACTS",
    "pat.listing.TokenSearch, OF_OWNER",
    "pat.store.Secrets, LIVE",
    "pat.store.Tokens, BY_ID",
    "pat.store.Tokens, BY_NAME",
    "roles.UserLocks, FIND",
    "signin.Identities, FIND",
    "roles.UserLocks, LOCK_TWO",
  })
  void a_hot_statement_uses_one_generic_plan_on_indexes_only(String type, String constant)
      throws Exception {
    PositionalSql sql = PositionalSql.of(statement(type, constant));
    List<String> values = sql.names().stream().map(name -> value(type, name)).toList();

    assertThat(plans.generic(MigratedPostgres.TOKEN_SERVICE, sql.text(), values))
        .anyMatch(line -> line.contains("Index"))
        .noneMatch(line -> line.contains("Seq Scan"));
  }

  private static String value(String type, String parameter) {
    if (parameter.equals("id")) {
      return type.endsWith("UserLocks") ? USER : TOKEN;
    }
    return PARAMETERS.get(parameter);
  }

  /** The constants are private to their packages. */
  private static String statement(String type, String constant)
      throws ReflectiveOperationException {
    Field field = Class.forName("dev.osmo.token." + type).getDeclaredField(constant);
    field.setAccessible(true);
    return (String) field.get(null);
  }
}
