package dev.osmo.token.openapi;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/**
 * Two users alike, the first with a token of hers, and an administrator.
 *
 * @param role which the first two hold
 * @param subject the name of the first one's token
 */
record Scene(
    Person first,
    Person second,
    Person administrator,
    String role,
    String subject,
    String text,
    String id) {

  static Scene set() {
    String role = "r-" + UUID.randomUUID();
    Person first = People.with(role);
    Person second = People.with(role);
    String subject = "t" + UUID.randomUUID().toString().substring(0, 8);
    String text =
        Api.as(first)
            .post("/api/auth/access_token/" + subject)
            .then()
            .statusCode(200)
            .extract()
            .path("$");
    String id = People.query("SELECT id FROM osmo.access_token WHERE name = ?", subject).getFirst();
    return new Scene(first, second, People.administrator(), role, subject, text, id);
  }

  /** Who asks. */
  enum Caller {
    FIRST,
    SECOND,
    ADMINISTRATOR,
    ADMINISTRATOR_WITHOUT_THE_ROLE,
    NOBODY,
    RAW_PAT,
    WRONG_AUDIENCE,
    WRONG_AUDIENCE_ADMINISTRATOR
  }

  /** What the path names. */
  enum Target {
    THE_FIRST_ONES,
    THE_FIRST_ONES_BY_ID,
    MISSING,
    MISSING_BY_ID
  }

  Response call(Route route, Caller caller, Target target) {
    RequestSpecification request =
        as(caller)
            .header("X-Forwarded-For", UUID.randomUUID().toString())
            .urlEncodingEnabled(false);
    if (!route.body().isEmpty()) {
      request = request.contentType(ContentType.JSON).body(filled(route.body()));
    }
    return request.request(route.operation().method(), path(route, target) + route.query());
  }

  RequestSpecification as(Caller caller) {
    return switch (caller) {
      case FIRST -> Api.as(first);
      case SECOND -> Api.as(second);
      case ADMINISTRATOR -> Api.as(administrator);
      case ADMINISTRATOR_WITHOUT_THE_ROLE -> Api.as(administrator.loginWithOnly("osmo-user"));
      case NOBODY -> RestAssured.given();
      case RAW_PAT -> Api.withBearer(text);
      case WRONG_AUDIENCE -> Api.as(elsewhere(first));
      case WRONG_AUDIENCE_ADMINISTRATOR -> Api.as(elsewhere(administrator));
    };
  }

  String path(Route route, Target target) {
    boolean there = target == Target.THE_FIRST_ONES || target == Target.THE_FIRST_ONES_BY_ID;
    return route
        .operation()
        .path()
        .replace("{user_id}", there ? first.id() : "missing@example.com")
        .replace("{token_name}", route.creates() ? "made" : token(target))
        .replace("{role}", there ? role : "missing")
        .replace("{name}", there ? role : "missing");
  }

  String token(Target target) {
    return switch (target) {
      case THE_FIRST_ONES -> subject;
      case THE_FIRST_ONES_BY_ID -> id;
      case MISSING -> "missing";
      case MISSING_BY_ID -> "pat_0000000000000000000000";
    };
  }

  /** Whether a text or a row is about the first one. */
  boolean isMentionedIn(String text) {
    return text.contains(first.id()) || text.contains(first.patId()) || text.contains(id);
  }

  private static Jwt elsewhere(Person person) {
    return person.login().claim("aud", "elsewhere");
  }

  private String filled(String body) {
    return body.replace("%user", first.id())
        .replace("%role", role)
        .replace("%new", "n" + UUID.randomUUID());
  }
}
