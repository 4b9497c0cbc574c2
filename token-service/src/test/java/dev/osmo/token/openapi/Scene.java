package dev.osmo.token.openapi;

import dev.osmo.testkit.http.RecordedResponse;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Request;
import dev.osmo.token.testing.Stage;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * Two users with the same role, and an administrator. The first user has a session, and a token,
 * with which another one was created.
 *
 * @param role the role of the first two
 * @param subject the name of the first user's token
 */
record Scene(
    Person first,
    Person second,
    Person administrator,
    String role,
    String subject,
    String text,
    String id,
    UUID session) {

  static Scene set() {
    String role = "r-" + UUID.randomUUID();
    Person first = People.with(role);
    Person second = People.with(role);
    String subject = "t" + UUID.randomUUID().toString().substring(0, 8);
    String text = Request.of("POST", "/api/auth/access_token/" + subject).as(first).send().body();
    String id = People.query("SELECT id FROM osmo.access_token WHERE name = ?", subject).getFirst();
    Person subjects = new Person(first.id(), id, first.roles());
    Request.of("POST", "/api/auth/access_token/child-of-" + subject).as(subjects).send();
    return new Scene(
        first,
        second,
        People.administrator(),
        role,
        subject,
        text.replace("\"", ""),
        id,
        People.signedIn(first).session());
  }

  /** The caller. */
  enum Caller {
    FIRST,
    SECOND,
    ADMINISTRATOR,
    ADMINISTRATOR_WITHOUT_THE_ROLE,
    ANONYMOUS,
    RAW_PAT,
    WRONG_AUDIENCE,
    WRONG_AUDIENCE_ADMINISTRATOR
  }

  /** The resource that the path names. */
  enum Target {
    OF_FIRST_USER,
    OF_FIRST_USER_BY_ID,
    MISSING,
    MISSING_BY_ID
  }

  /** Sends the request after those that must precede it. */
  RecordedResponse call(Route route, Caller caller, Target target) {
    prepare(route, caller);
    return send(route, caller, target);
  }

  void prepare(Route route, Caller caller) {
    if (!route.before().isEmpty()) {
      String sister = path(route, Target.OF_FIRST_USER).replaceAll("[^/]+$", route.before());
      request(route, sister, caller).send();
    }
  }

  RecordedResponse send(Route route, Caller caller, Target target) {
    return request(route, caller, target).send();
  }

  Request request(Route route, Caller caller, Target target) {
    return request(route, path(route, target) + route.query(), caller);
  }

  private Request request(Route route, String address, Caller caller) {
    Request request =
        as(caller, Request.of(route.operation().method(), address))
            .header("X-Forwarded-For", UUID.randomUUID().toString())
            .header("Idempotency-Key", UUID.randomUUID().toString());
    return route.body().isEmpty() ? request : request.json(filled(route.body()));
  }

  private Request as(Caller caller, Request request) {
    return switch (caller) {
      case FIRST -> request.as(first);
      case SECOND -> request.as(second);
      case ADMINISTRATOR -> request.as(administrator);
      case ADMINISTRATOR_WITHOUT_THE_ROLE ->
          request.bearer(administrator.loginWithOnly("osmo-user").text());
      case ANONYMOUS -> request;
      case RAW_PAT -> request.bearer(text);
      case WRONG_AUDIENCE -> request.bearer(elsewhere(first));
      case WRONG_AUDIENCE_ADMINISTRATOR -> request.bearer(elsewhere(administrator));
    };
  }

  /** The targets that the path can name. */
  Set<Target> targets(Route route) {
    String path = route.operation().path();
    if (!path.contains("{")) {
      return EnumSet.of(Target.OF_FIRST_USER);
    }
    return path.contains("{token_name}")
        ? EnumSet.allOf(Target.class)
        : EnumSet.of(Target.OF_FIRST_USER, Target.MISSING);
  }

  String path(Route route, Target target) {
    boolean there = target == Target.OF_FIRST_USER || target == Target.OF_FIRST_USER_BY_ID;
    return route
        .operation()
        .path()
        .replace("{user_id}", there ? first.id() : "missing@example.com")
        .replace("{token_name}", route.creates() ? "made" : token(target))
        .replace("{session_id}", there ? session.toString() : UUID.randomUUID().toString())
        .replace("{role}", there ? role : "missing")
        .replace("{name}", there ? role : "missing");
  }

  String token(Target target) {
    return switch (target) {
      case OF_FIRST_USER -> subject;
      case OF_FIRST_USER_BY_ID -> id;
      case MISSING -> "missing";
      case MISSING_BY_ID -> "pat_0000000000000000000000";
    };
  }

  /** Whether a text or a row mentions the first user. */
  boolean isMentionedIn(String text) {
    return text.contains(first.id())
        || text.contains(first.patId())
        || text.contains(id)
        || text.contains(session.toString());
  }

  private static String elsewhere(Person person) {
    return person.login().claim("aud", "elsewhere").text();
  }

  /** Of a person who signs in for the first time. */
  private static String idToken() {
    String id = "n" + UUID.randomUUID();
    return Stage.current().provider().idToken("creates", id, id).text();
  }

  private String filled(String body) {
    return body.replace("%user", first.id())
        .replace("%administrator", administrator.id())
        .replace("%role", role)
        .replace("%token", text)
        .replace("%id_token", idToken())
        .replace("%new", "n" + UUID.randomUUID());
  }
}
