package dev.osmo.token.leak;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.osmo.testkit.contracts.TestTokens;
import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.StoppableRefill;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LeakReportTest {

  private static final String TOKENS = "/api/auth/access_token";
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  @Inject StoppableRefill refill;

  @TestHTTPResource(value = "", management = true)
  URI management;

  @AfterEach
  void resume_the_refill() {
    refill.resume();
  }

  @Test
  @Tag("I3")
  void a_reported_token_and_its_derived_tokens_are_revoked_with_the_reason() {
    Person user = People.with("osmo-user");
    String text = Api.as(user).post(TOKENS + "/leaked").as(String.class);
    Person attacker = personOf(user, "leaked");
    Api.as(attacker).post(TOKENS + "/child");
    Person child = personOf(user, "child");
    Api.as(child).post(TOKENS + "/grandchild");
    Api.as(user).delete(TOKENS + "/child").then().statusCode(200);

    report(List.of("nonsense", "export T='" + text + "'\n"))
        .then()
        .statusCode(202)
        .body("received", equalTo(1));

    Api.as(attacker).get(TOKENS).then().statusCode(401);
    Api.as(user)
        .get(TOKENS + "/leaked")
        .then()
        .body("state", equalTo("Revoked"))
        .body("reason", equalTo("reported as leaked"));
    Api.as(user)
        .get(TOKENS + "/grandchild")
        .then()
        .body("state", equalTo("Revoked"))
        .body("reason", equalTo("created with a token that was reported as leaked"));
    Api.as(user).get(TOKENS + "/self").then().body("state", equalTo("Active"));
    assertThat(
            People.query(
                "SELECT actor FROM audit_event WHERE user_id = ? AND action = 'token.revoked'",
                user.id()))
        .hasSize(2);
  }

  /** Only the exchange can open them. */
  @Test
  void a_report_says_that_refresh_tokens_are_not_revoked_here() {
    String refreshToken = "osmo_rt_" + "AZ-_09az".repeat(25);

    report(List.of("a=" + refreshToken + "\nb=" + refreshToken, refreshToken))
        .then()
        .statusCode(202)
        .body("received", equalTo(0))
        .body("refresh_tokens_ignored", equalTo(1));
    report(List.of("nothing")).then().body("$", not(hasKey("refresh_tokens_ignored")));
  }

  @Test
  @Tag("I3")
  void tokens_that_a_leaked_administrator_token_made_for_others_are_revoked() {
    Person admin = People.administrator();
    Person user = People.with("osmo-user");
    String text =
        Api.as(admin).queryParam("roles", "osmo-admin").post(TOKENS + "/leaked").as(String.class);
    Person attacker = personOf(admin, "leaked");
    String ofUser = "/api/auth/user/" + user.id() + "/access_token/";
    Api.as(attacker).post(ofUser + "planted").then().statusCode(200);
    Person planted = personOf(user, "planted");
    Api.as(planted).post(TOKENS + "/deeper").then().statusCode(200);

    report(List.of(text)).then().statusCode(202);

    Api.as(planted).get(TOKENS).then().statusCode(401);
    for (String name : List.of("planted", "deeper")) {
      Api.as(user).get(TOKENS + "/" + name).then().body("state", equalTo("Revoked"));
    }
  }

  @Test
  @Tag("I3")
  void a_report_after_a_revocation_still_revokes_the_derived_tokens() {
    Person admin = People.administrator();
    Person user = People.with("osmo-user");
    String text =
        Api.as(admin).queryParam("roles", "osmo-admin").post(TOKENS + "/leaked").as(String.class);
    Person attacker = personOf(admin, "leaked");
    Api.as(attacker).post("/api/auth/user/" + user.id() + "/access_token/planted");
    Person planted = personOf(user, "planted");
    Api.as(People.administrator())
        .contentType("application/json")
        .post("/api/auth/user/" + admin.id() + "/revoke_tokens")
        .then()
        .statusCode(200);
    Api.as(planted).get(TOKENS).then().statusCode(200);

    report(List.of(text)).then().statusCode(202);

    Api.as(planted).get(TOKENS).then().statusCode(401);
    Api.as(user).get(TOKENS + "/self").then().body("state", equalTo("Active"));
  }

  /** Two administrators' tokens, the second created with the first. */
  @Test
  @Tag("I3")
  void a_derived_token_with_one_revoked_secret_is_revoked_with_its_parent() {
    Person user = People.with("osmo-user");
    String parent = Api.as(user).post(TOKENS + "/parent").as(String.class);
    String child = Api.as(personOf(user, "parent")).post(TOKENS + "/child").as(String.class);
    Api.as(user).post(TOKENS + "/child/rotate").then().statusCode(200);
    People.execute(
        "UPDATE access_token_secret SET revoked_at = now() WHERE token_id = ? AND valid_until IS NOT NULL",
        personOf(user, "child").patId());

    report(List.of(child, parent)).then().statusCode(202);

    for (String name : List.of("parent", "child")) {
      Api.as(user).get(TOKENS + "/" + name).then().body("state", equalTo("Revoked"));
    }
  }

  @Test
  @Tag("I10")
  void the_largest_report_finds_its_token_without_a_hash() {
    Person user = People.with("osmo-user");
    String text = Api.as(user).post(TOKENS + "/leaked").as(String.class);
    List<String> texts = new ArrayList<>(Collections.nCopies(500, text));
    texts.addAll(Collections.nCopies(500, text.replaceFirst(".$", "_")));
    String hashes = hashes();

    report(texts).then().statusCode(202).body("received", equalTo(1));

    Api.as(user).get(TOKENS + "/leaked").then().body("state", equalTo("Revoked"));
    assertThat(hashes()).isEqualTo(hashes);
    assertThat(
            People.query(
                "SELECT request_id FROM audit_event WHERE user_id = ? AND action = 'token.revoked'",
                user.id()))
        .hasSize(1);
  }

  @Test
  void both_secrets_of_a_rotated_token_are_revoked() {
    Person user = People.with("osmo-user");
    String old = Api.as(user).post(TOKENS + "/ci").as(String.class);
    Api.as(user).post(TOKENS + "/ci/rotate").then().statusCode(200);

    report(List.of(old)).then().statusCode(202);

    Api.as(user).get(TOKENS + "/ci").then().body("state", equalTo("Revoked"));
  }

  @Test
  @Tag("I11")
  void the_answer_is_the_same_for_real_and_for_unknown_tokens() {
    Person user = People.with("osmo-user");
    String text = Api.as(user).post(TOKENS + "/leaked").as(String.class);

    String real = report(List.of(text)).asString();

    assertThat(report(List.of(TestTokens.random())).asString()).isEqualTo(real);
    assertThat(report(List.of(text)).asString()).isEqualTo(real);
  }

  @Test
  void a_report_has_at_most_a_thousand_texts() {
    report(Collections.nCopies(1000, "x")).then().statusCode(202);
    report(Collections.nCopies(1001, "x")).then().statusCode(422);
    report(List.of()).then().statusCode(422);
  }

  @Test
  void an_unreadable_report_is_refused_without_repeating_it() {
    assertThat(
            post("{\"tokens\": [\"x\"], \"note\": 1}", "203.0.113.1")
                .then()
                .statusCode(400)
                .extract()
                .asString())
        .contains("note");
    post("{\"tokens\": \"x\"}", "203.0.113.1").then().statusCode(400);
    post("", "203.0.113.1").then().statusCode(422);
  }

  @Test
  void an_address_sends_at_most_sixty_reports_a_minute_and_others_are_not_limited() {
    refill.stop();
    for (int i = 0; i < 60; i++) {
      assertThat(post("{\"tokens\": [\"x\"]}", "203.0.113.99").statusCode()).isNotEqualTo(429);
    }

    post("{\"tokens\": [\"x\"]}", "203.0.113.99").then().statusCode(429);
    post("{\"tokens\": [\"x\"]}", "203.0.113.98").then().statusCode(202);
  }

  @Test
  void entries_before_the_proxys_own_entry_are_ignored() {
    refill.stop();
    for (int i = 0; i < 60; i++) {
      assertThat(post("{\"tokens\": [\"x\"]}", forwarded(i)).statusCode()).isNotEqualTo(429);
    }

    post("{\"tokens\": [\"x\"]}", forwarded(60)).then().statusCode(429);
  }

  private static String forwarded(int invented) {
    return "198.18.0." + invented + ", 203.0.113.97, 192.0.2.7";
  }

  private String hashes() {
    return given()
        .get(management.resolve("/q/metrics"))
        .asString()
        .lines()
        .filter(line -> line.startsWith("osmo_argon2_runs_total"))
        .findFirst()
        .orElseThrow();
  }

  private static Response report(List<String> texts) {
    return given()
        .header("X-Forwarded-For", "198.51.100." + ADDRESSES.incrementAndGet())
        .contentType("application/json")
        .body(Map.of("tokens", texts))
        .post("/api/auth/leaked");
  }

  private static Response post(String body, String address) {
    return given()
        .header("X-Forwarded-For", address)
        .contentType("application/json")
        .body(body)
        .post("/api/auth/leaked");
  }

  private static Person personOf(Person owner, String name) {
    return new Person(owner.id(), Api.as(owner).get(TOKENS + "/" + name).path("id"), owner.roles());
  }
}
