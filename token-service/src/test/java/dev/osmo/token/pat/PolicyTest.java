package dev.osmo.token.pat;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PolicyTest {

  @Test
  void every_login_can_read_the_policy() {
    Api.as(People.with("osmo-user"))
        .get("/api/configs/policy")
        .then()
        .statusCode(200)
        .body("maximum_lifetime", equalTo("P365D"))
        .body("default_lifetime", equalTo("P31D"))
        .body("maximum_live_tokens", equalTo(100))
        .body("maximum_tokens", equalTo(1000))
        .body("default_grace", equalTo("PT24H"))
        .body("maximum_grace", equalTo("PT168H"));
    given().get("/api/configs/policy").then().statusCode(401);
  }
}
