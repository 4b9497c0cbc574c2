package dev.osmo.exchange.pat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.postgres.Plans;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plans of the statements that every exchange runs, for each size of a batch. */
class LookupPlanTest {

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
  @ValueSource(ints = {1, 2, 4, 8, 16, 32})
  void lookups_use_one_generic_plan_on_indexes_only(int size) throws SQLException {
    String token = "sha256('pat_0000000000000000012345')";

    List<String> plan =
        genericPlan(StoredPats.findByLookups(size).text(size), size, "'\\x00'", token);

    assertThat(plan)
        .anyMatch(line -> line.contains("access_token_secret_lookup_once"))
        .anyMatch(line -> line.contains("One-Time Filter: require_primary($1)"))
        .noneMatch(line -> line.contains("Seq Scan"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16})
  void ids_use_one_generic_plan_on_indexes_only(int size) throws SQLException {
    String token = "'pat_0000000000000000012345', 'u346', '00000000-0000-0000-0000-000000012345'";

    List<String> plan = genericPlan(LivePats.FIND.text(size), size, "'', '', NULL", token);

    assertThat(plan)
        .anyMatch(line -> line.contains("One-Time Filter: require_primary($1)"))
        .noneMatch(line -> line.contains("Seq Scan"));
  }

  @Test
  void a_token_that_trusts_a_workload_is_found_by_one_generic_plan_on_indexes_only()
      throws SQLException {
    String trust = "'', 'https://issuer.test', 'osmo', 'workload'";
    String user = MigratedPostgres.AUTH_EXCHANGE;

    assertThat(
            plans.generic(user, TrustingPats.BY_ID, List.of(trust, "'pat_0000000000000000020000'")))
        .anyMatch(line -> line.contains("One-Time Filter: require_primary($1)"))
        .noneMatch(line -> line.contains("Seq Scan"));
    assertThat(plans.generic(user, TrustingPats.BY_NAME, List.of(trust, "'u1'", "'T20000'")))
        .anyMatch(line -> line.contains("One-Time Filter: require_primary($1)"))
        .noneMatch(line -> line.contains("Seq Scan"));
  }

  /** For rows, the last of which exists. */
  private static List<String> genericPlan(String sql, int size, String absent, String present)
      throws SQLException {
    List<String> values = new ArrayList<>(Collections.nCopies(size, absent));
    values.set(size - 1, present);
    values.addFirst("'00000001'");
    return plans.generic(MigratedPostgres.AUTH_EXCHANGE, sql, values);
  }
}
