package dev.osmo.token.pat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.osmo.testkit.http.RecordedResponse;
import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Request;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RepeatedCreationTest {

  private static final String TOKENS = "/api/auth/access_token";

  @Test
  void a_repeated_request_learns_what_it_created_and_what_to_do() {
    Person user = People.with("osmo-user");
    String key = "key-of-" + user.id();
    Api.as(user)
        .header("Idempotency-Key", key)
        .post(TOKENS + "/ci?expires_in=9d")
        .then()
        .statusCode(200);
    String id = Api.as(user).get(TOKENS + "/ci").path("id");

    Api.as(user)
        .header("Idempotency-Key", key)
        .post(TOKENS + "/ci?expires_in=9d")
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:osmo:problem:already-created"))
        .body("message", allOf(containsString(id), containsString("osmo token rotate ci")));

    assertThat(People.query("SELECT k::text FROM idempotency_key k"))
        .noneMatch(row -> row.contains(key));
  }

  @Test
  void an_idempotency_key_belongs_to_one_request_of_one_user() {
    Person user = People.with("osmo-user");
    Person other = People.with("osmo-user");
    Api.as(user).header("Idempotency-Key", "k").post(TOKENS + "/ci").then().statusCode(200);

    Api.as(user)
        .header("Idempotency-Key", "k")
        .post(TOKENS + "/ci?description=other")
        .then()
        .statusCode(422)
        .body("type", equalTo("urn:osmo:problem:idempotency-key-reused"));
    Api.as(user).header("Idempotency-Key", "k").post(TOKENS + "/cd").then().statusCode(422);
    Api.as(other).header("Idempotency-Key", "k").post(TOKENS + "/ci").then().statusCode(200);
  }

  @Test
  void the_order_of_parameters_and_roles_does_not_matter() {
    Person user = People.with("osmo-user", "osmo-ml-team");
    String first = "/ci?roles=osmo-user&roles=osmo-ml-team&expires_in=9d";
    String again = "/ci?expires_in=9d&roles=osmo-ml-team&roles=osmo-user&roles=osmo-user";
    Api.as(user).header("Idempotency-Key", "k").post(TOKENS + first).then().statusCode(200);

    Api.as(user).header("Idempotency-Key", "k").post(TOKENS + again).then().statusCode(409);
  }

  @Test
  void an_administrator_learns_the_command_for_the_token_of_the_other_user() {
    Person user = People.with("osmo-user");
    Person admin = People.administrator();
    String path = "/api/auth/user/" + user.id() + "/access_token/ci";
    Api.as(admin).header("Idempotency-Key", "k").post(path).then().statusCode(200);

    Api.as(admin)
        .header("Idempotency-Key", "k")
        .post(path)
        .then()
        .statusCode(409)
        .body("message", containsString("osmo token rotate ci --user " + user.id()));
  }

  @Test
  void of_concurrent_equal_requests_one_creates_and_the_others_learn_of_it() {
    Person user = People.with("osmo-user");
    Request creation =
        Request.of("POST", TOKENS + "/ci").as(user).header("Idempotency-Key", "at-once");

    List<String> problems = atOnce(creation, creation, creation, creation, creation, creation);

    assertThat(problems).containsOnly("", "already-created").containsOnlyOnce("");
  }

  @Test
  void of_concurrent_different_requests_with_one_key_one_creates() {
    Person user = People.with("osmo-user");

    List<String> problems =
        atOnce(
            Stream.of("a", "b", "c", "d", "e", "f")
                .map(name -> Request.of("POST", TOKENS + "/" + name).as(user))
                .map(creation -> creation.header("Idempotency-Key", "one-for-all"))
                .toArray(Request[]::new));

    assertThat(problems).containsOnly("", "idempotency-key-reused").containsOnlyOnce("");
  }

  /** The problem types; empty for a success. */
  private static List<String> atOnce(Request... requests) {
    Api.waitForKeys();
    try (ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<RecordedResponse>> running =
          Stream.of(requests)
              .map(request -> CompletableFuture.supplyAsync(request::send, lanes))
              .toList();
      return running.stream()
          .map(CompletableFuture::join)
          .map(answer -> answer.status() == 200 ? "" : problem(answer))
          .toList();
    }
  }

  private static String problem(RecordedResponse answer) {
    return answer.body().replaceAll(".*urn:osmo:problem:([a-z-]+).*", "$1");
  }

  @Test
  void an_idempotency_key_expires_after_a_day() {
    Person user = People.with("osmo-user");
    Api.as(user).header("Idempotency-Key", "k").post(TOKENS + "/ci").then().statusCode(200);
    People.execute(
        "UPDATE idempotency_key SET created_at = now() - interval '25 hours' WHERE user_id = ?",
        user.id());

    Api.as(user).header("Idempotency-Key", "k").post(TOKENS + "/cd").then().statusCode(200);
  }

  @Test
  void a_refused_request_does_not_use_its_idempotency_key() {
    Person user = People.with("osmo-user");
    Api.as(user)
        .header("Idempotency-Key", "k")
        .post(TOKENS + "/ci?roles=osmo-admin")
        .then()
        .statusCode(422);

    Api.as(user).header("Idempotency-Key", "k").post(TOKENS + "/ci").then().statusCode(200);
  }

  @Test
  void a_malformed_idempotency_key_is_refused() {
    Person user = People.with("osmo-user");

    Api.as(user)
        .header("Idempotency-Key", "x".repeat(256))
        .post(TOKENS + "/ci")
        .then()
        .statusCode(422);
  }

  @Test
  void an_expiry_may_be_a_duration() {
    Person user = People.with("osmo-user");

    for (String life : List.of("9d", "216h", "P9D", "PT216H")) {
      Api.as(user).queryParam("expires_in", life).post(TOKENS + "/t" + life).then().statusCode(200);
    }
    assertThat(
            People.query(
                "SELECT DISTINCT round(extract(epoch FROM expires_at - created_at) / 86400)::text FROM access_token WHERE user_id = ? AND name <> 'login'",
                user.id()))
        .containsExactly("9");
    for (String life : List.of("366d", "0d", "P-1D", "soon", "99999d", "P1Y")) {
      Api.as(user).queryParam("expires_in", life).post(TOKENS + "/never").then().statusCode(422);
    }
    Api.as(user).post(TOKENS + "/both?expires_in=9d&expires_at=2027-01-01").then().statusCode(422);
  }
}
