package dev.osmo.token.denial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.waiting.Patience;
import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Refused requests of known callers are in the audit trail. */
@QuarkusTest
class DenialsTest {

  private static final String RECORDED =
      """
      SELECT concat_ws(' ', via_pat_id, request_id, details ->> 'operation', details ->> 'problem')
        FROM audit_event WHERE actor = ? AND action = 'access.denied' ORDER BY id
      """;

  private final Person user = People.with("osmo-user", "osmo-ml-team");

  @Test
  void a_denial_names_the_caller_the_token_the_route_and_the_problem() {
    Api.as(user).header("X-Request-Id", "r-1").get("/api/auth/user").then().statusCode(403);
    Api.as(user)
        .header("X-Request-Id", "r-2")
        .delete("/api/auth/user/somebody/access_token/secret-name")
        .then()
        .statusCode(403);
    Api.as(user.loginWithOnly("osmo-user"))
        .header("X-Request-Id", "r-3")
        .post("/api/auth/access_token/x")
        .then()
        .statusCode(403);

    recorded(3)
        .containsExactly(
            user.patId() + " r-1 GET /api/auth/user forbidden",
            user.patId()
                + " r-2 DELETE /api/auth/user/{user_id}/access_token/{token_name} forbidden",
            user.patId() + " r-3 POST /api/auth/access_token/{token_name} exceeds-login");
  }

  @Test
  void an_administrator_finds_denials_in_the_audit_trail() {
    Api.as(user).get("/api/auth/audit").then().statusCode(403);
    recorded(1);

    assertThat(
            Api.as(People.administrator())
                .get("/api/auth/audit?action=access.denied&actor=" + user.id())
                .jsonPath()
                .getList("details.operation"))
        .isEqualTo(List.of("GET /api/auth/audit"));
  }

  @Test
  void a_caller_cannot_fill_the_audit_trail() {
    for (int i = 0; i < 30; i++) {
      Api.as(user).get("/api/auth/user").then().statusCode(403);
    }
    Person other = People.with("osmo-user");
    Api.as(other).get("/api/auth/user").then().statusCode(403);
    // Denials are written in their order, so all of the user are decided before the other's.
    Awaitility.await()
        .atMost(Patience.LONG)
        .until(() -> People.query(RECORDED, other.id()).size() == 1);

    recorded(10);
  }

  @Test
  void other_refusals_are_not_recorded() {
    Api.as(user).get("/api/auth/access_token/nothing").then().statusCode(404);
    Api.as(user).get("/api/auth/user").then().statusCode(403);

    recorded(1);
  }

  private org.assertj.core.api.ListAssert<String> recorded(int number) {
    Awaitility.await()
        .atMost(Patience.LONG)
        .until(() -> People.query(RECORDED, user.id()).size() >= number);
    return assertThat(People.query(RECORDED, user.id())).hasSize(number);
  }
}
