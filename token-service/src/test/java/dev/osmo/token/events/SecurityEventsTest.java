package dev.osmo.token.events;

import static dev.osmo.token.testing.Signals.CAEP;
import static dev.osmo.token.testing.Signals.account;
import static dev.osmo.token.testing.Signals.epoch;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Provider;
import dev.osmo.token.testing.Rows;
import dev.osmo.token.testing.Signals;
import dev.osmo.token.testing.SigningKey;
import dev.osmo.token.testing.Stage;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An identity provider pushes what happens to an account between two sign-ins. */
@QuarkusTest
class SecurityEventsTest {

  private static final String MEDIA_TYPE = "application/secevent+jwt";
  private static final String SETTINGS = "/api/profile/settings";

  private final Provider provider = Stage.current().provider();
  private final Person user = People.with("osmo-user");
  private final Signals signals = Signals.about(user);

  @Test
  @Tag("I3")
  void a_revoked_session_ends() {
    Jwt session = session("1 minute");
    Api.as(session).get(SETTINGS).then().statusCode(200);

    accepted(event("session-revoked", 30));

    Api.as(session).get(SETTINGS).then().statusCode(401);
    Api.as(user).get(SETTINGS).then().statusCode(200);
    assertThat(actions()).containsExactly("session.ended idp:creates", "user.reported idp:creates");
  }

  @Test
  void a_session_that_the_provider_has_confirmed_since_goes_on() {
    Jwt session = session("10 seconds");

    accepted(event("session-revoked", 30));

    Api.as(session).get(SETTINGS).then().statusCode(200);
  }

  @Test
  void a_session_at_another_provider_goes_on() {
    Jwt session = People.signedIn(user).login();

    accepted(event("session-revoked", 0));

    Api.as(session).get(SETTINGS).then().statusCode(200);
  }

  @ParameterizedTest
  @Tag("I3")
  @ValueSource(strings = {"credential-change", "token-claims-change"})
  void tokens_are_refused_until_the_owner_signs_in(String type) {
    accepted(event(type, 30));

    Api.as(user).get(SETTINGS).then().statusCode(401);

    confirmedNow();
    Api.as(user).get(SETTINGS).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"credential-change", "token-claims-change"})
  void an_event_that_arrives_after_a_later_sign_in_changes_nothing(String type) {
    accepted(event(type, 90));

    Api.as(user).get(SETTINGS).then().statusCode(200);
  }

  @Test
  void events_in_another_order_have_the_effect_of_the_latest() {
    accepted(event("credential-change", 20));
    accepted(event("credential-change", 50));
    People.execute(
        "UPDATE user_identity SET verified_at = now() - interval '35 seconds' WHERE user_id = ?",
        user.id());

    Api.as(user).get(SETTINGS).then().statusCode(401);
  }

  @Test
  @Tag("I9")
  void a_repeated_event_has_no_effect() {
    Jwt event = event("session-revoked", 0);
    accepted(event);
    Jwt session = session("1 minute");

    accepted(event);

    Api.as(session).get(SETTINGS).then().statusCode(200);
    assertThat(actions()).containsExactly("user.reported idp:creates");
  }

  @Test
  void a_late_event_has_no_effect() {
    Jwt session = session("40 days");
    accepted(event("session-revoked", 31L * 24 * 3600));

    Api.as(session).get(SETTINGS).then().statusCode(200);
  }

  /** A clock that is ahead must not lock a user out who signs in now. */
  @Test
  void an_event_of_the_future_requires_a_sign_in_now() {
    accepted(event("credential-change", -3600).claim("iat", epoch(-3600)));
    Api.as(user).get(SETTINGS).then().statusCode(401);

    People.execute(
        "UPDATE user_identity SET verified_at = now() + interval '1 second' WHERE user_id = ?",
        user.id());
    Api.as(user).get(SETTINGS).then().statusCode(200);
  }

  /** Not even with a time that the database cannot store. */
  @ParameterizedTest
  @ValueSource(longs = {-3600, -10_000_000_000_000L})
  void an_event_of_the_future_ends_no_session_that_is_confirmed_until_then(long secondsAgo) {
    Jwt session = session("1 minute");
    Jwt confirmedLater = session("-1 minute");

    accepted(event("session-revoked", secondsAgo).claim("iat", epoch(secondsAgo)));

    Api.as(session).get(SETTINGS).then().statusCode(401);
    Api.as(confirmedLater).get(SETTINGS).then().statusCode(200);
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        harmless("an unknown account", set -> set.claim("sub_id", account("creates", "nobody"))),
        harmless(
            "an account of another provider", set -> set.claim("sub_id", account("links", "x"))),
        harmless("no account", set -> set.without("sub_id")),
        harmless(
            "an address as the account",
            set -> set.claim("sub_id", Map.of("format", "email", "email", "a@example.com"))),
        harmless(
            "a nested complex account",
            set ->
                set.claim(
                    "sub_id", Map.of("format", "complex", "user", Map.of("format", "complex")))),
        harmless("an unknown event", set -> set.claim("events", Map.of("urn:other", Map.of()))),
        harmless(
            "a verification event",
            set ->
                set.claim(
                    "events",
                    Map.of(
                        "https://schemas.openid.net/secevent/ssf/event-type/verification",
                        Map.of("state", "x")))),
        harmless(
            "an event that is no object",
            set -> set.claim("events", Map.of(CAEP + "session-revoked", 1))));
  }

  private static Arguments harmless(String name, Consumer<Jwt> change) {
    return Arguments.of(Named.of(name, change));
  }

  @ParameterizedTest
  @Tag("I9")
  @MethodSource("harmless")
  void an_event_without_a_known_account_or_type_is_acknowledged(Consumer<Jwt> change) {
    Jwt set = event("session-revoked", 0).with(change);
    Rows before = Rows.now();

    accepted(set);

    assertThat(before.changes()).allMatch(row -> row.startsWith("+ security_event "));
  }

  @Test
  @Tag("I11")
  void a_transmitter_cannot_speak_about_the_accounts_of_another_provider() {
    Jwt session = session("1 minute");

    accepted(
        event("session-revoked", 0)
            .claim("iss", provider.issuer("other-signals"))
            .signedBy(provider.key("other-signals").jwk().getPrivateKey()));

    Api.as(session).get(SETTINGS).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "complex"})
  void the_account_may_be_named_in_the_event_or_as_a_part_of_a_complex_subject(String where) {
    Jwt session = session("1 minute");
    Map<String, Object> account = account("creates", signals.subject());

    accepted(
        where.equals("event")
            ? event("session-revoked", 0)
                .without("sub_id")
                .claim("events", Map.of(CAEP + "session-revoked", Map.of("subject", account)))
            : event("session-revoked", 0)
                .claim("sub_id", Map.of("format", "complex", "user", account)));

    Api.as(session).get(SETTINGS).then().statusCode(401);
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        hostile(
            "authentication_failed", "the type of another JWT", set -> set.header("typ", "JWT")),
        hostile("authentication_failed", "an access token", set -> set.header("typ", "at+jwt")),
        hostile("authentication_failed", "no type", set -> set.withoutHeader("typ")),
        hostile(
            "authentication_failed",
            "the key of another issuer with the same kid",
            set -> set.signedBy(Stage.current().provider().key("creates").jwk().getPrivateKey())),
        hostile(
            "authentication_failed",
            "a key of nobody",
            set -> set.signedBy(SigningKey.make("the-same").jwk().getPrivateKey())),
        hostile(
            "authentication_failed",
            "an unknown issuer",
            set -> set.claim("iss", "https://x.test")),
        hostile(
            "authentication_failed",
            "the issuer of a provider, which is no transmitter",
            set -> set.claim("iss", Stage.current().provider().issuer("creates"))),
        hostile("authentication_failed", "no issuer", set -> set.without("iss")),
        hostile("authentication_failed", "no time of issue", set -> set.without("iat")),
        hostile("authentication_failed", "no audience", set -> set.without("aud")),
        hostile(
            "authentication_failed",
            "two audiences",
            set -> set.claim("aud", List.of("https://osmo.test/ssf", "https://other.test"))),
        hostile(
            "authentication_failed",
            "an unknown critical header",
            set -> set.header("crit", List.of("x"))),
        hostile(
            "invalid_audience", "another audience", set -> set.claim("aud", "https://other.test")),
        hostile("invalid_request", "no jti", set -> set.without("jti")),
        hostile("invalid_request", "an empty jti", set -> set.claim("jti", " ")),
        hostile(
            "invalid_request", "a jti that is too long", set -> set.claim("jti", "x".repeat(257))),
        hostile("invalid_request", "no events", set -> set.without("events")),
        hostile(
            "invalid_request", "an empty list of events", set -> set.claim("events", Map.of())));
  }

  private static Arguments hostile(String err, String name, Consumer<Jwt> change) {
    return Arguments.of(err, Named.of(name, change));
  }

  /** RFC 8935, section 2.3. */
  @ParameterizedTest
  @Tag("I9")
  @MethodSource("hostile")
  void an_event_that_is_not_acceptable_is_refused_and_changes_nothing(
      String err, Consumer<Jwt> change) {
    Jwt set = event("credential-change", 0).with(change);
    Rows before = Rows.now();

    push(set.text())
        .statusCode(400)
        .contentType("application/json")
        .header("Content-Language", "en")
        .body("err", equalTo(err))
        .body("description", notNullValue());

    assertThat(before.changes()).isEmpty();
  }

  @ParameterizedTest
  @Tag("I9")
  @ValueSource(strings = {"", "nonsense", "a.b.c", "eyJhbGciOiJub25lIn0.e30."})
  void what_is_no_signed_token_is_refused(String body) {
    push(body).statusCode(400).body("err", equalTo("authentication_failed"));
  }

  @Test
  void an_id_token_of_the_provider_is_no_event() {
    push(provider.idToken("creates", signals.subject(), user.id()).text())
        .statusCode(400)
        .body("err", equalTo("authentication_failed"));
  }

  @Test
  void another_media_type_is_refused() {
    given().contentType("application/json").body("{}").post("/ssf/events").then().statusCode(415);
  }

  private Jwt session(String confirmedAgo) {
    return signals.session(confirmedAgo);
  }

  private void confirmedNow() {
    People.execute("UPDATE user_identity SET verified_at = now() WHERE user_id = ?", user.id());
  }

  private Jwt event(String type, long secondsAgo) {
    return signals.event(type, secondsAgo);
  }

  private static void accepted(Jwt set) {
    push(set.text()).statusCode(202).body(emptyString());
  }

  private static ValidatableResponse push(String body) {
    return given()
        .config(
            RestAssured.config()
                .encoderConfig(
                    EncoderConfig.encoderConfig()
                        .encodeContentTypeAs(MEDIA_TYPE, ContentType.TEXT)))
        .contentType(MEDIA_TYPE)
        .body(body)
        .post("/ssf/events")
        .then();
  }

  private List<String> actions() {
    return People.query(
        "SELECT action || ' ' || actor FROM audit_event WHERE user_id = ? ORDER BY id", user.id());
  }
}
