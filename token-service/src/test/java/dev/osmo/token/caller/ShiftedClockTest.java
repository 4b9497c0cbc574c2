package dev.osmo.token.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.waiting.Patience;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Request;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The database's clock differs from this machine's. The exchange takes the times of a JWT from the
 * database, so that clock decides.
 */
@QuarkusTest
@Tag("I3")
class ShiftedClockTest {

  private static final Duration PATIENCE = Patience.LONG;

  @Inject MeterRegistry meters;

  private final Person user = People.with("osmo-user");

  @AfterEach
  void set_the_clock_right() {
    People.execute("ALTER ROLE osmo_token_service SET search_path = osmo");
    reconnect();
    await().atMost(PATIENCE).until(() -> difference() == 0);
    People.execute("DROP FUNCTION IF EXISTS osmo.statement_timestamp()");
  }

  @ParameterizedTest
  @ValueSource(ints = {7, -7})
  void a_new_jwt_is_accepted_and_the_difference_is_known(int secondsAhead) {
    shiftTheDatabase(secondsAhead);

    assertThat(read(issuedAt(Instant.now().plusSeconds(secondsAhead)))).isEqualTo(200);
    assertThat(difference()).isBetween(secondsAhead - 1.0, secondsAhead + 1.0);
  }

  @Test
  void a_jwt_that_has_expired_at_the_database_is_refused() {
    shiftTheDatabase(120);

    assertThat(read(issuedAt(Instant.now()))).isEqualTo(200);
    assertThat(read(issuedAt(Instant.now().minusSeconds(200)))).isEqualTo(401);
  }

  @Test
  void a_jwt_that_is_not_valid_yet_at_the_database_is_refused() {
    shiftTheDatabase(-120);

    assertThat(read(issuedAt(Instant.now()))).isEqualTo(401);
    assertThat(read(issuedAt(Instant.now().minusSeconds(120)))).isEqualTo(200);
  }

  private Jwt issuedAt(Instant time) {
    long seconds = time.getEpochSecond();
    return user.login().claim("iat", seconds).claim("nbf", seconds).claim("exp", seconds + 300);
  }

  /** New sessions of the service find this function before PostgreSQL's own. */
  private void shiftTheDatabase(int seconds) {
    People.execute(
        "CREATE OR REPLACE FUNCTION osmo.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT pg_catalog.statement_timestamp() + make_interval(secs => "
            + seconds
            + ")'");
    People.execute("ALTER ROLE osmo_token_service SET search_path = osmo, pg_catalog");
    reconnect();
    await().atMost(PATIENCE).until(() -> Math.abs(difference() - seconds) < 1);
    await().atMost(PATIENCE).until(() -> read(issuedAt(Instant.now())) != 503);
  }

  private static void reconnect() {
    People.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'osmo_token_service'");
  }

  /** Known without a request: if it is large, no JWT is valid and no request reads the database. */
  private double difference() {
    return meters.get("osmo.clock.difference").gauge().value();
  }

  private static int read(Jwt jwt) {
    return Request.of("GET", "/api/auth/access_token").bearer(jwt.text()).send().status();
  }
}
