package dev.osmo.exchange.signin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.Reply;
import dev.osmo.exchange.testing.SignInStage;
import dev.osmo.exchange.testing.StoppableRefill;
import dev.osmo.exchange.testing.Verifier;
import dev.osmo.testkit.waiting.Patience;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refreshing the JWT of a session, signing out, and introspecting the JWTs of sessions. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class SessionRefreshTest {

  @Inject StoppableRefill refill;

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  @ConfigProperty(name = "auth-exchange.token-service-url")
  String tokenServiceUrl;

  @TestHTTPResource URI service;

  @Inject MeterRegistry meters;

  @Inject RefreshTokens refreshTokens;

  private SignInStage stage;
  private String user;
  private UUID session;

  @BeforeEach
  void arrange() {
    stage = new SignInStage(databaseUrl, tokenServiceUrl);
    user = stage.people().person("osmo-user", "osmo-ml-team");
    session = stage.sessionOf(user, "1 hour");
  }

  @AfterEach
  void resume_the_refill() {
    refill.resume();
  }

  @Test
  void a_refresh_asks_the_provider_and_renews_the_session() throws ParseException {
    String first = stage.refreshToken();
    stage.providerConfirms("corp", "the-next-refresh-token");

    Response answer = stage.token(SignInStage.refreshing(first));

    answer.then().statusCode(200);
    assertThat(claims(answer).getStringClaim("sid")).isEqualTo(session.toString());
    assertThat(stage.script().received("/corp/token").getLast().body().split("&"))
        .containsExactlyInAnyOrder(
            "grant_type=refresh_token",
            "client_id=" + SignInStage.CLIENT,
            "refresh_token=" + SignInStage.PROVIDER_TOKEN);
    assertThat(stage.script().received(SignInStage.SESSION).getLast().body())
        .contains("\"session_id\":\"" + session + '"', "\"nonce\":null");
  }

  @Test
  void the_next_refresh_uses_the_token_that_the_provider_gave_last() {
    String first = stage.refreshToken();
    stage.providerConfirms("corp", "the-next-refresh-token");
    String second = stage.token(SignInStage.refreshing(first)).path("refresh_token");

    stage.token(SignInStage.refreshing(second)).then().statusCode(200);

    assertThat(stage.script().received("/corp/token").getLast().body())
        .contains("refresh_token=the-next-refresh-token");
    assertThat(second).isNotEqualTo(first).startsWith("osmo_rt_");
  }

  @Test
  @Tag("I2")
  void a_role_that_was_removed_is_not_in_the_next_jwt() throws ParseException {
    String token = stage.refreshToken();
    stage.people().remove(user, "osmo-ml-team");

    Response answer = stage.token(SignInStage.refreshing(token));

    assertThat(claims(answer).getStringListClaim("roles")).containsExactly("osmo-user");
  }

  @Test
  @Tag("I6")
  void a_refresh_may_ask_for_fewer_roles_and_another_audience() throws ParseException {
    String token = stage.refreshToken();

    Response answer =
        stage.token(
            SignInStage.refreshing(token, "scope", "osmo-user osmo-admin", "audience", "reports"));

    JWTClaimsSet claims =
        Verifier.claims(
            answer.path("access_token"), given().get("/api/auth/keys").asString(), "reports");
    assertThat(claims.getStringListClaim("roles")).containsExactly("osmo-user");
    refused(stage.token(SignInStage.refreshing(token, "scope", "osmo-admin")), "invalid_scope");
    refused(stage.token(SignInStage.refreshing(token, "audience", "other")), "invalid_target");
  }

  @Test
  void a_refresh_token_contains_nothing_that_its_client_can_read() {
    String token = stage.refreshToken();

    byte[] sealed = java.util.Base64.getUrlDecoder().decode(token.substring("osmo_rt_".length()));

    assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain(SignInStage.PROVIDER_TOKEN, session.toString(), "corp");
    assertThat(stage.refreshToken()).isNotEqualTo(token);
  }

  @Test
  void a_refresh_token_of_another_shape_key_or_client_asks_nobody() {
    String token = stage.refreshToken();
    int requests = stage.script().received("/corp/token").size();
    for (String other :
        List.of(
            "junk",
            "osmo_rt_",
            "osmo_rt_AAAA",
            token.substring(0, token.length() - 4),
            token + "AAAA",
            changed(token, "osmo_rt_".length()),
            changed(token, "osmo_rt_".length() + 5),
            changed(token, token.length() / 2),
            changed(token, token.length() - 2),
            token.replace("osmo_rt_", "osmo_rx_"))) {
      refused(stage.token(SignInStage.refreshing(other)), "invalid_grant");
    }
    for (String client : List.of("corp-device", "secret-cli", "other")) {
      refused(stage.token(SignInStage.refreshing(token, "client_id", client)), "invalid_grant");
    }
    refused(stage.token(SignInStage.refreshing(token, "client_id", "")), "invalid_request");

    assertThat(stage.script().received("/corp/token")).hasSize(requests);
    assertThat(stage.token(SignInStage.refreshing(token)).statusCode()).isEqualTo(200);
  }

  @Test
  @Tag("I3")
  void after_signing_out_the_refresh_token_asks_nobody_and_the_jwt_is_inactive() {
    Response signedIn = stage.signIn();
    String token = signedIn.path("refresh_token");
    String jwt = signedIn.path("access_token");
    stage.script().reply("/corp/revoke", Reply.text(200, ""));
    assertThat(introspect(jwt)).isTrue();

    OAuth.revoke(token).then().statusCode(200);

    int requests = stage.script().received("/corp/token").size();
    refused(stage.token(SignInStage.refreshing(token)), "invalid_grant");
    assertThat(stage.script().received("/corp/token")).hasSize(requests);
    assertThat(introspect(jwt)).isFalse();
    assertThat(stage.script().received("/corp/revoke").getFirst().body())
        .contains("token=" + SignInStage.PROVIDER_TOKEN);
    assertThat(
            stage
                .people()
                .query(
                    "SELECT actor || ' ' || (details->>'reason') FROM audit_event"
                        + " WHERE action = 'session.ended' AND details->>'session_id' = ?",
                    session.toString()))
        .containsExactly(user + " signed out");
  }

  /** The response that nobody receives has the only copy of the new refresh token. */
  @Test
  void a_client_that_hangs_up_can_try_again_although_the_provider_has_replaced_its_token()
      throws IOException {
    String token = stage.refreshToken();
    stage.script().reply("/corp/token", stage.confirmation("corp", "replaced").untilTheNext());
    int sessions = stage.script().received(SignInStage.SESSION).size();
    double issued = issuedRefreshes();
    hangUpDuring(token);
    stage.providerRefuses("invalid_grant");
    await().atMost(Patience.LONG).until(() -> issuedRefreshes() > issued);

    Response again = stage.token(SignInStage.refreshing(token));

    assertThat(stage.script().received(SignInStage.SESSION)).hasSize(sessions + 2);
    again.then().statusCode(200);
    stage.token(SignInStage.refreshing(again.path("refresh_token")));
    assertThat(stage.script().received("/corp/token").getLast().body())
        .contains("refresh_token=replaced");
  }

  /** Returns when the provider has the request and the service knows that the client is gone. */
  private void hangUpDuring(String token) throws IOException {
    int asked = stage.script().received("/corp/token").size();
    double connections = gauge("http.server.active.connections");
    try (Socket client = new Socket(service.getHost(), service.getPort())) {
      String form =
          "grant_type=refresh_token&client_id=" + SignInStage.CLIENT + "&refresh_token=" + token;
      client
          .getOutputStream()
          .write(
              """
              POST /oauth2/token HTTP/1.1\r
              Host: osmo.test\r
              Content-Type: application/x-www-form-urlencoded\r
              Content-Length: %d\r
              \r
              %s"""
                  .formatted(form.length(), form)
                  .getBytes(StandardCharsets.US_ASCII));
      await()
          .atMost(Patience.LONG)
          .until(() -> stage.script().received("/corp/token").size() > asked);
    }
    await()
        .atMost(Patience.LONG)
        .until(() -> gauge("http.server.active.connections") <= connections);
  }

  private double gauge(String name) {
    return meters.find(name).gauges().stream().mapToDouble(each -> each.value()).sum();
  }

  private double issuedRefreshes() {
    return meters.counter("osmo.sign.in", "kind", "refresh", "outcome", "issued").count();
  }

  @Test
  void a_refresh_token_is_revoked_within_a_text() {
    for (String text : List.of("%s\n", "export T=%s", "{\"refresh_token\": \"%s\"}")) {
      session = stage.sessionOf(user, "1 hour");
      String token = stage.refreshToken();

      OAuth.revoke(text.formatted(token)).then().statusCode(200);

      refused(stage.token(SignInStage.refreshing(token)), "invalid_grant");
    }
  }

  @Test
  void a_text_with_two_credentials_is_refused() {
    String token = stage.refreshToken();
    String pat = stage.people().pat(user).text();

    for (String text : List.of(token + " " + stage.refreshToken(), token + " " + pat)) {
      assertThat(OAuth.revoke(text).<String>path("error")).isEqualTo("invalid_request");
    }

    stage.token(SignInStage.refreshing(token)).then().statusCode(200);
  }

  @Test
  @Tag("I10")
  void a_session_cannot_be_revoked_any_number_of_times() {
    String token = stage.refreshToken();

    Response answer = refill.firstRefusal(() -> OAuth.revoke(token));

    assertThat(answer.header("Retry-After")).isNotBlank();
  }

  /** Whoever has a copy of the refresh token could otherwise prevent the sign-out. */
  @Test
  @Tag("I3")
  void refreshes_do_not_use_up_the_sign_out() {
    Response signedIn = stage.signIn();
    String token = signedIn.path("refresh_token");
    String jwt = signedIn.path("access_token");
    refill.firstRefusal(() -> stage.token(SignInStage.refreshing(token)));
    assertThat(introspect(jwt)).isTrue();

    OAuth.revoke(token).then().statusCode(200);

    assertThat(introspect(jwt)).isFalse();
  }

  /** The provider may have replaced its refresh token already. */
  @Test
  void a_refresh_that_token_service_limits_can_be_repeated() {
    String token = stage.refreshToken();
    stage.providerConfirms("corp", "replaced");
    stage.tokenServiceLimits("1");
    stage.token(SignInStage.refreshing(token)).then().statusCode(429);
    stage.providerRefuses("invalid_grant");
    stage.tokenServiceKeeps(session);

    stage.token(SignInStage.refreshing(token)).then().statusCode(200);
  }

  /** One junk sender must not sign out everybody behind the same address. */
  @Test
  @Tag("I10")
  void failures_of_others_behind_the_same_address_stop_no_refresh_and_no_sign_in() {
    String token = stage.refreshToken();
    stage.providerStartsDevice("WDJB-MJHT", "https://login.example.com/device");
    refill.firstRefusal(() -> stage.token(SignInStage.refreshing("osmo_rt_junk")));

    stage.token(SignInStage.refreshing(token)).then().statusCode(200);
    stage.signIn();
    stage
        .post(OAuth.DEVICE_AUTHORIZATION, Map.of("client_id", SignInStage.DEVICE))
        .then()
        .statusCode(200);
  }

  @Test
  void signing_out_succeeds_again_and_without_the_provider() {
    String token = stage.refreshToken();
    stage.script().reply("/corp/revoke", Reply.text(500, "<html>"));

    for (String text : List.of(token, token, "osmo_rt_junk", changed(token, 30))) {
      Response answer = OAuth.revoke(text);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.asString()).isEmpty();
    }
    assertThat(stage.script().received("/corp/revoke")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid_grant", "access_denied", "expired_token"})
  void a_person_whom_the_provider_no_longer_confirms_gets_no_jwt(String error) {
    String token = stage.refreshToken();
    int confirmed = stage.script().received(SignInStage.SESSION).size();
    stage.providerRefuses(error);

    Response answer = stage.token(SignInStage.refreshing(token));

    refused(answer, "invalid_grant");
    assertThat(answer.<String>path("problem")).isEqualTo("sign-in-again");
    assertThat(answer.<String>path("error_description")).endsWith("Sign in again");
    assertThat(stage.script().received(SignInStage.SESSION)).hasSize(confirmed);
  }

  @Test
  void without_a_new_id_token_nothing_is_renewed() {
    String token = stage.refreshToken();
    int confirmed = stage.script().received(SignInStage.SESSION).size();
    stage.script().reply("/corp/token", Reply.json(200, Map.of("access_token", "x")));

    Response answer = stage.token(SignInStage.refreshing(token));

    refused(answer, "invalid_grant");
    assertThat(answer.<String>path("problem")).isEqualTo("id-token-invalid");
    assertThat(stage.script().received(SignInStage.SESSION)).hasSize(confirmed);
  }

  @Test
  void a_session_that_token_service_does_not_renew_gives_no_jwt() {
    String token = stage.refreshToken();
    stage.tokenServiceRefuses(403, "session-ended", "ended");

    Response answer = stage.token(SignInStage.refreshing(token));

    refused(answer, "invalid_grant");
    assertThat(answer.<String>path("problem")).isEqualTo("session-ended");
  }

  /** The operator may configure it again, and no session ends for that. */
  @Test
  void a_refresh_token_of_a_provider_that_is_not_configured_is_invalid_and_no_failure() {
    String token = sealed("gone");
    for (int attempt = 0; attempt < 100; attempt++) {
      Response answer = stage.token(SignInStage.refreshing(token));

      refused(answer, "invalid_grant");
      assertThat(answer.<String>path("problem")).isEqualTo("refresh-token-invalid");
    }
  }

  /** Another replica may have the provider already, or this one again. */
  @Test
  void the_cookie_of_a_provider_that_is_not_configured_is_kept() {
    Response answer = continued(sealed("gone"));

    refused(answer, "invalid_grant");
    assertThat(answer.header("Set-Cookie")).isNull();
  }

  private String sealed(String provider) {
    return refreshTokens
        .seal(new RefreshGrant(session, provider, SignInStage.CLIENT, "token", 0))
        .orElseThrow()
        .text();
  }

  /** As the web page does. */
  private Response continued(String cookie) {
    return given()
        .header("X-Forwarded-For", stage.address())
        .header("Origin", OAuth.ORIGIN)
        .header("X-Osmo-Web", "1")
        .header("Sec-Fetch-Site", "same-origin")
        .cookie("__Host-osmo-session", cookie)
        .contentType(ContentType.URLENC)
        .formParam("grant_type", "refresh_token")
        .post(OAuth.WEB_SESSION);
  }

  @Test
  void another_session_than_that_of_the_refresh_token_is_not_used() {
    String token = stage.refreshToken();
    stage.personWith("osmo-admin");

    assertThat(stage.token(SignInStage.refreshing(token)).statusCode()).isEqualTo(503);
  }

  @Test
  void a_replaced_token_of_the_provider_is_not_lost_if_a_later_step_fails() {
    String token = stage.refreshToken();
    stage.providerConfirms("corp", "replaced");
    stage.tokenServiceRefuses(503, "keys-unavailable", "later");
    assertThat(stage.token(SignInStage.refreshing(token)).statusCode()).isEqualTo(503);
    stage.providerRefuses("invalid_grant");
    stage.tokenServiceKeeps(session);

    Response again = stage.token(SignInStage.refreshing(token));

    again.then().statusCode(200);
    stage.token(SignInStage.refreshing(again.path("refresh_token")));
    assertThat(stage.script().received("/corp/token").getLast().body())
        .contains("refresh_token=replaced");
  }

  /** As when the clocks differ by some seconds. */
  @Test
  void a_replaced_token_of_the_provider_is_not_lost_if_the_id_token_is_not_valid_yet() {
    String token = stage.refreshToken();
    stage.providerConfirms("corp", "replaced");
    stage.tokenServiceRefuses(401, "id-token-invalid", "not yet");
    refused(stage.token(SignInStage.refreshing(token)), "invalid_grant");
    stage.providerRefuses("invalid_grant");
    stage.tokenServiceKeeps(session);

    Response again = stage.token(SignInStage.refreshing(token));

    again.then().statusCode(200);
  }

  /** A role may have been removed a moment ago, which must not sign the person out. */
  @Test
  void a_replaced_token_of_the_provider_is_not_lost_if_the_requested_roles_are_refused() {
    String token = stage.refreshToken();
    stage.providerConfirms("corp", "replaced");
    refused(stage.token(SignInStage.refreshing(token, "scope", "osmo-admin")), "invalid_scope");
    stage.providerRefuses("invalid_grant");

    Response again = stage.token(SignInStage.refreshing(token));

    again.then().statusCode(200);
    stage.token(SignInStage.refreshing(again.path("refresh_token")));
    assertThat(stage.script().received("/corp/token").getLast().body())
        .contains("refresh_token=replaced");
  }

  @Test
  @Tag("I10")
  void a_session_cannot_be_refreshed_any_number_of_times() {
    String token = stage.refreshToken();

    Response answer = refill.firstRefusal(() -> stage.token(SignInStage.refreshing(token)));

    assertThat(answer.header("Retry-After")).isNotBlank();
  }

  @Test
  @Tag("I3")
  void the_jwt_of_a_session_is_active_with_the_roles_that_are_left() {
    String jwt = stage.signIn().path("access_token");
    Response before = OAuth.introspect(jwt, jwt);
    stage.people().remove(user, "osmo-ml-team");

    Response after = OAuth.introspect(jwt, jwt);

    assertThat(before.<String>path("scope")).isEqualTo("osmo-ml-team osmo-user");
    assertThat(after.<String>path("scope")).isEqualTo("osmo-user");
    assertThat(after.<String>path("sid")).isEqualTo(session.toString());
    assertThat(after.<String>path("client_id")).isEqualTo(SignInStage.CLIENT);
    assertThat(after.jsonPath().<String, Object>getMap("$")).doesNotContainKey("pat_id");
    stage.people().asTokenService("UPDATE users SET disabled_at = now() WHERE id = ?", user);
    assertThat(OAuth.introspect(jwt, jwt).statusCode()).isEqualTo(401);
  }

  private boolean introspect(String jwt) {
    String inspector = stage.people().pat(stage.people().person("osmo-introspect")).text();
    return OAuth.introspect(inspector, jwt).path("active");
  }

  /** The text with one other character, which changes bits that count. */
  private static String changed(String token, int at) {
    char other = token.charAt(at) == 'A' ? 'Z' : 'A';
    return token.substring(0, at) + other + token.substring(at + 1);
  }

  private static JWTClaimsSet claims(Response answer) {
    return Verifier.claims(answer.path("access_token"), given().get("/api/auth/keys").asString());
  }

  private static void refused(Response answer, String error) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
    assertThat(answer.<String>path("error")).isEqualTo(error);
  }
}
