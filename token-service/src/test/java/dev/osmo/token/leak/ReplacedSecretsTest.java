package dev.osmo.token.leak;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Leak reports of replaced secrets. For a week after a rotation a report still revokes everything
 * made with the secret, so that a thief cannot evade it. Later it does not.
 */
@QuarkusTest
@Tag("I3")
class ReplacedSecretsTest {

  private static final String TOKENS = "/api/auth/access_token";
  private static final String ENDED =
      "UPDATE access_token_secret SET valid_until = now() - CAST(? AS interval) WHERE token_id = ? AND valid_until IS NOT NULL";
  private static final String REVOKED =
      "UPDATE access_token_secret SET revoked_at = now() - CAST(? AS interval) WHERE token_id = ? AND valid_until IS NOT NULL";
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  private Person user;
  private String stolen;

  /** The thief has created a derived token and rotated without grace. */
  @BeforeEach
  void a_leaked_text_whose_secret_has_expired() {
    user = People.with("osmo-user");
    stolen = Api.as(user).post(TOKENS + "/ci").as(String.class);
    Api.as(holderOf("ci")).post(TOKENS + "/child").then().statusCode(200);
    Api.as(holderOf("ci")).post(TOKENS + "/self/rotate?grace=0").then().statusCode(200);
  }

  @Test
  void a_rotation_without_grace_does_not_disable_a_leak_report() {
    report();

    stateIs("ci", "Revoked");
    stateIs("child", "Revoked");
  }

  @Test
  void the_longest_grace_is_the_same_in_database_and_settings() {
    String longest = Api.as(user).get("/api/configs/policy").path("maximum_grace");

    assertThat(People.query("SELECT extract(epoch FROM longest_grace())::bigint"))
        .containsExactly(String.valueOf(Duration.parse(longest).toSeconds()));
  }

  @Test
  void a_replaced_secret_is_reportable_for_the_longest_grace() {
    People.execute(ENDED, "167 hours 59 minutes", holderOf("ci").patId());

    report();

    stateIs("ci", "Revoked");
    stateIs("child", "Revoked");
  }

  @Test
  void a_secret_replaced_before_the_longest_grace_is_not_reportable() {
    People.execute(ENDED, "168 hours 1 minute", holderOf("ci").patId());

    report();

    stateIs("ci", "Active");
    stateIs("child", "Active");
  }

  /** The token has another secret, which may be the thief's. */
  @Test
  void the_token_of_a_recently_revoked_secret_is_revoked() {
    People.execute(ENDED, "300 hours", holderOf("ci").patId());
    People.execute(REVOKED, "133 hours", holderOf("ci").patId());

    report();

    stateIs("ci", "Revoked");
    stateIs("child", "Revoked");
  }

  /** The token may have been repaired since. What was made with it may not. */
  @Test
  void tokens_made_with_a_secret_that_was_revoked_long_ago_are_revoked() {
    People.execute(ENDED, "330 hours", holderOf("ci").patId());
    People.execute(REVOKED, "169 hours", holderOf("ci").patId());

    report();

    stateIs("ci", "Active");
    stateIs("child", "Revoked");
  }

  @Test
  void a_secret_revoked_after_the_longest_grace_is_not_reportable() {
    People.execute(ENDED, "300 hours", holderOf("ci").patId());
    People.execute(REVOKED, "131 hours", holderOf("ci").patId());

    report();

    stateIs("ci", "Active");
    stateIs("child", "Active");
  }

  private void report() {
    given()
        .header("X-Forwarded-For", "198.51.101." + ADDRESSES.incrementAndGet())
        .contentType("application/json")
        .body(Map.of("tokens", List.of(stolen)))
        .post("/api/auth/leaked")
        .then()
        .statusCode(202);
  }

  private void stateIs(String name, String state) {
    Api.as(user).get(TOKENS + "/" + name).then().body("state", equalTo(state));
  }

  private Person holderOf(String name) {
    return new Person(user.id(), Api.as(user).get(TOKENS + "/" + name).path("id"), user.roles());
  }
}
