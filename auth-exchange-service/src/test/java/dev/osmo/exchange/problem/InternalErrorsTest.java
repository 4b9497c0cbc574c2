package dev.osmo.exchange.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.exchange.testing.ExchangeStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class InternalErrorsTest {

  @Test
  @Tag("I11")
  void a_route_without_a_permission_annotation_is_denied() {
    Response answer = given().get("/test/unannotated");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.<String>path("type")).isEqualTo("urn:osmo:problem:unauthenticated");
  }

  @Test
  @Tag("I10")
  void a_request_that_may_not_wait_for_the_database_is_refused_as_busy() {
    Response answer = given().get("/test/broken/overloaded");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.<String>path("type")).isEqualTo("urn:osmo:problem:busy");
    assertThat(answer.header("Retry-After")).isEqualTo("2");
  }

  @Test
  void an_internal_error_is_not_described_in_the_answer() {
    Response answer = given().get("/test/broken");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.<String>path("type")).isEqualTo("urn:osmo:problem:internal");
    assertThat(answer.<String>path("error_code")).isEqualTo("OSMO_ERROR");
    assertThat(answer.<String>path("request_id")).isEqualTo(answer.header("X-Request-Id"));
    assertThat(answer.asString()).doesNotContain("an inner detail").doesNotContain("Exception");
  }
}
