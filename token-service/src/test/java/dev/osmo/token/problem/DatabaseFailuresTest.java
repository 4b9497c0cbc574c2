package dev.osmo.token.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Database errors, and what the answer and the log repeat of them. */
@QuarkusTest
class DatabaseFailuresTest {

  private static final PatternFormatter AS_THE_CONSOLE = new PatternFormatter("%s%e");

  private final Person user = People.with("osmo-user");

  @AfterEach
  void repair() {
    People.execute("DROP TRIGGER IF EXISTS failing_secret ON access_token_secret");
  }

  @ParameterizedTest
  @CsvSource({
    "40P01, 503, busy",
    "40001, 503, busy",
    "55P03, 503, busy",
    "57014, 503, busy",
    "53300, 503, database-unavailable",
    "08006, 503, database-unavailable",
    "25006, 503, database-unavailable",
    "28P01, 503, database-unavailable",
    "58030, 503, database-unavailable",
    "23503, 409, conflict"
  })
  void a_lock_timeout_is_503_and_a_serialization_failure_a_conflict(
      String sqlState, int status, String problem) {
    failEverySecretWith(sqlState);

    String retryAfter =
        Api.as(user)
            .post("/api/auth/access_token/jammed")
            .then()
            .statusCode(status)
            .body("type", equalTo("urn:osmo:problem:" + problem))
            .extract()
            .header("Retry-After");

    assertThat(retryAfter).isEqualTo(status == 503 ? "2" : null);
  }

  /** A deadlock is solved by the database: it rolls one of the two transactions back. */
  @ParameterizedTest
  @ValueSource(strings = {"40P01", "40001"})
  void a_rolled_back_transaction_is_repeated_once(String sqlState) {
    People.execute("CREATE SEQUENCE osmo.attempts");
    People.execute("GRANT USAGE ON SEQUENCE osmo.attempts TO osmo_token_service");
    People.execute(failsOnceWith(sqlState));
    People.execute(
        "CREATE TRIGGER failing_audit BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION osmo.fail_once()");
    try {
      Api.as(user).post("/api/auth/access_token/repeated").then().statusCode(200);
      People.execute("ALTER SEQUENCE osmo.attempts RESTART");
      Api.as(user).delete("/api/auth/access_token/repeated").then().statusCode(200);
    } finally {
      People.execute("DROP FUNCTION osmo.fail_once() CASCADE");
      People.execute("DROP SEQUENCE osmo.attempts");
    }
  }

  /** The detail of a violated check contains the row, including lookup and hash. */
  @Test
  void neither_the_answer_nor_the_log_repeats_the_row() {
    failEverySecretWith("23514");
    List<String> logged = new CopyOnWriteArrayList<>();
    ExtHandler listener = listener(logged);
    Logger root = Logger.getLogger("");
    root.addHandler(listener);
    try {
      assertThat(
              Api.as(user)
                  .post("/api/auth/access_token/checked")
                  .then()
                  .statusCode(500)
                  .extract()
                  .asString())
          .doesNotContain("what-the-row-held", "23514");
    } finally {
      root.removeHandler(listener);
    }

    assertThat(logged).anyMatch(line -> line.contains("sqlstate=23514"));
    assertThat(String.join("\n", logged)).doesNotContain("what-the-row-held", "INSERT INTO");
  }

  private static ExtHandler listener(List<String> logged) {
    return new ExtHandler() {
      @Override
      protected void doPublish(ExtLogRecord line) {
        logged.add(AS_THE_CONSOLE.format(line));
      }
    };
  }

  private static void failEverySecretWith(String sqlState) {
    People.execute(
        "CREATE OR REPLACE FUNCTION fail_secret() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''what-the-row-held'' USING DETAIL = ''what-the-row-held'', ERRCODE = TG_ARGV[0]; END'");
    People.execute("DROP TRIGGER IF EXISTS failing_secret ON access_token_secret");
    People.execute(
        "CREATE TRIGGER failing_secret BEFORE INSERT ON access_token_secret FOR EACH ROW EXECUTE FUNCTION fail_secret('"
            + sqlState
            + "')");
  }

  /** A sequence also counts rows that are rolled back. */
  private static String failsOnceWith(String sqlState) {
    return """
      CREATE FUNCTION osmo.fail_once() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('osmo.attempts') = 1 THEN RAISE EXCEPTION 'planted' USING ERRCODE = '%s'; END IF;
        RETURN NEW;
      END $$
      """
        .formatted(sqlState);
  }
}
