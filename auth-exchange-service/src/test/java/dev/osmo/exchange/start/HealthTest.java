package dev.osmo.exchange.start;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.People;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class HealthTest {

  @TestHTTPResource(management = true)
  URI management;

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  @Test
  void a_started_service_is_live_and_ready() {
    assertThat(health("live")).isEqualTo(200);
    assertThat(health("ready")).isEqualTo(200);
    assertThat(health("started")).isEqualTo(200);
  }

  @Test
  void health_is_not_on_the_public_port() {
    assertThat(given().get("/q/health/ready").statusCode()).isEqualTo(404);
  }

  @Test
  void without_an_active_signing_key_the_service_is_live_but_not_ready() {
    People people = new People(databaseUrl);
    move(people, "retiring");
    try {
      assertThat(health("ready")).isEqualTo(503);
      assertThat(response("ready").asString()).contains("there is no active signing key");
      assertThat(health("live")).isEqualTo(200);
    } finally {
      move(people, "active");
    }
  }

  /** Bypasses the trigger that forbids a return to an earlier state. */
  private static void move(People people, String state) {
    people.asSuperuser(
        """
        WITH silent AS (SELECT set_config('session_replication_role', 'replica', true))
        UPDATE signing_key SET state = ? FROM silent WHERE state <> 'gone'
        """,
        state);
  }

  private int health(String which) {
    return response(which).statusCode();
  }

  private Response response(String which) {
    return given().get("http://%s/q/health/%s".formatted(management.getAuthority(), which));
  }
}
