package dev.osmo.token.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.http.RecordedResponse;
import dev.osmo.token.openapi.Scene.Caller;
import dev.osmo.token.openapi.Scene.Target;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.Rows;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every route that changes something fails at the last row of each table that it writes: once at
 * the statement, once at the commit. A run without a fault first finds out which tables and how
 * many rows these are. It must also write a complete audit row.
 */
@QuarkusTest
@Tag("I7")
class AllOrNothingTest {

  private static final String AT_THE_STATEMENT =
      "CREATE TRIGGER fault BEFORE INSERT OR UPDATE OR DELETE ON osmo.%s FOR EACH ROW EXECUTE FUNCTION osmo.fault(%d)";
  private static final String AT_THE_COMMIT =
      "CREATE CONSTRAINT TRIGGER fault AFTER INSERT OR UPDATE OR DELETE ON osmo.%s "
          + "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION osmo.fault(%d)";

  /** A sequence also counts rows that are rolled back. */
  private static final String FAULT =
      """
      CREATE FUNCTION osmo.fault() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = osmo AS $$
      BEGIN
        IF nextval('rows_seen') >= CAST(TG_ARGV[0] AS integer) THEN RAISE EXCEPTION 'planted'; END IF;
        RETURN coalesce(NEW, OLD);
      END $$
      """;

  /** A leak report and a sign-in have no login. */
  private static final String INCOMPLETE =
      """
      SELECT action FROM audit_event
       WHERE id > CAST(? AS bigint)
         AND (request_id IS NULL OR actor <> 'osmo_token_service' AND NOT starts_with(actor, 'idp:') AND (via_pat_id IS NULL OR jti IS NULL))
      """;

  @BeforeEach
  void arrange_the_fault() {
    People.execute("CREATE SEQUENCE osmo.rows_seen");
    People.execute(FAULT);
  }

  @AfterEach
  void remove_the_fault() {
    People.execute("DROP FUNCTION osmo.fault() CASCADE");
    People.execute("DROP SEQUENCE osmo.rows_seen");
  }

  @TestFactory
  Stream<DynamicTest> each_change_is_complete_or_rolled_back() {
    return Routes.TABLE.stream()
        .filter(route -> !route.operation().method().equals("GET"))
        .map(route -> DynamicTest.dynamicTest(route.operation().toString(), () -> check(route)));
  }

  private static void check(Route route) {
    Map<String, Long> tables = rowsWrittenBy(route);
    Map<String, Long> again = rowsWrittenBy(route);
    tables.keySet().retainAll(again.keySet());
    tables.replaceAll((table, rows) -> Math.min(rows, again.getOrDefault(table, rows)));
    assertThat(tables).as("a change without its audit row").containsKey("audit_event");
    tables.forEach(
        (table, rows) -> {
          a_fault_rolls_the_change_back(route, AT_THE_STATEMENT, table, rows);
          a_fault_rolls_the_change_back(route, AT_THE_COMMIT, table, rows);
        });
  }

  /**
   * The number of rows by table. A changed row counts once. So do old rows that the purge at the
   * start of the service deletes meanwhile: the lesser of two counts is without them.
   */
  private static Map<String, Long> rowsWrittenBy(Route route) {
    Scene scene = Scene.set();
    scene.prepare(route, caller(route));
    Rows before = Rows.now();
    List<String> last = People.query("SELECT coalesce(max(id), 0) FROM audit_event");
    assertThat(scene.send(route, caller(route), Target.OF_FIRST_USER).status()).isBetween(200, 202);
    assertThat(People.query(INCOMPLETE, last.getFirst())).as("incomplete rows").isEmpty();
    Map<String, Long> tables = new TreeMap<>();
    before.changes().stream()
        .map(change -> change.split(" ", 3))
        .collect(Collectors.groupingBy(words -> words[0] + words[1], Collectors.counting()))
        .forEach((table, rows) -> tables.merge(table.substring(1), rows, Math::max));
    return tables;
  }

  private static void a_fault_rolls_the_change_back(
      Route route, String when, String table, long row) {
    String fault = when.formatted(table, row);
    Scene scene = Scene.set();
    scene.prepare(route, caller(route));
    Rows before = Rows.now();
    People.execute("ALTER SEQUENCE osmo.rows_seen RESTART");
    People.execute(fault);
    RecordedResponse answer;
    try {
      answer = scene.send(route, caller(route), Target.OF_FIRST_USER);
    } finally {
      People.execute("DROP TRIGGER fault ON osmo." + table);
    }
    assertThat(answer.status())
        .as("%s %s %s", route.operation(), fault, answer.body())
        .isEqualTo(500);
    assertThat(before.changes()).as("%s %s", route.operation(), fault).isEmpty();
    assertThat(scene.call(route, caller(route), Target.OF_FIRST_USER).status())
        .as("and then it works")
        .isBetween(200, 202);
  }

  private static Caller caller(Route route) {
    return route.rule() == Rule.ADMINISTRATOR ? Caller.ADMINISTRATOR : Caller.FIRST;
  }
}
