package dev.osmo.token.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.token.openapi.Scene.Caller;
import dev.osmo.token.openapi.Scene.Target;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.Request.Answer;
import dev.osmo.token.testing.Rows;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every route that changes something, with an error in each table that it writes: at the table's
 * statement, and at the commit. Which tables these are is seen in a run without an error.
 */
@QuarkusTest
@Tag("I7")
class AllOrNothingTest {

  private static final String AT_THE_STATEMENT =
      "CREATE TRIGGER fault BEFORE INSERT OR UPDATE OR DELETE ON osmo.%s FOR EACH ROW EXECUTE FUNCTION osmo.fault()";
  private static final String AT_THE_COMMIT =
      "CREATE CONSTRAINT TRIGGER fault AFTER INSERT OR UPDATE OR DELETE ON osmo.%s "
          + "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION osmo.fault()";

  @BeforeEach
  void arrange_the_fault() {
    People.execute(
        "CREATE FUNCTION osmo.fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'planted'; END $$");
  }

  @AfterEach
  void remove_the_fault() {
    People.execute("DROP FUNCTION osmo.fault() CASCADE");
  }

  @TestFactory
  Stream<DynamicTest> a_change_happens_whole_or_not_at_all() {
    return Routes.TABLE.stream()
        .filter(route -> !route.operation().method().equals("GET"))
        .map(route -> DynamicTest.dynamicTest(route.operation().toString(), () -> check(route)));
  }

  private static void check(Route route) {
    Set<String> tables = tablesWrittenBy(route);
    assertThat(tables).as("a change without its audit row").contains("audit_event");
    for (String table : tables) {
      nothing_is_half_done(route, AT_THE_STATEMENT, table);
      nothing_is_half_done(route, AT_THE_COMMIT, table);
    }
  }

  private static Set<String> tablesWrittenBy(Route route) {
    Scene scene = Scene.set();
    Rows before = Rows.now();
    assertThat(call(route, scene).status()).isBetween(200, 202);
    return before.changes().stream()
        .map(change -> change.split(" ", 3)[1])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void nothing_is_half_done(Route route, String fault, String table) {
    Scene scene = Scene.set();
    scene.prepare(route, caller(route));
    Rows before = Rows.now();
    People.execute(fault.formatted(table));
    Answer answer;
    try {
      answer = scene.send(route, caller(route), Target.THE_FIRST_ONES);
    } finally {
      People.execute("DROP TRIGGER fault ON osmo." + table);
    }
    assertThat(answer.status())
        .as("%s %s %s", route.operation(), fault, answer.body())
        .isEqualTo(500);
    assertThat(before.changes()).as("%s %s %s", route.operation(), table, fault).isEmpty();
    assertThat(call(route, scene).status()).as("and then it works").isBetween(200, 202);
  }

  private static Answer call(Route route, Scene scene) {
    return scene.call(route, caller(route), Target.THE_FIRST_ONES);
  }

  private static Caller caller(Route route) {
    return route.rule() == Rule.ADMINISTRATOR ? Caller.ADMINISTRATOR : Caller.FIRST;
  }
}
