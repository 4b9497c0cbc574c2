package dev.osmo.exchange.signin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.Reply;
import dev.osmo.exchange.testing.Script.Received;
import dev.osmo.exchange.testing.SignInProviders;
import dev.osmo.exchange.testing.SignInStage;
import dev.osmo.exchange.testing.StoppableRefill;
import dev.osmo.exchange.testing.Verifier;
import dev.osmo.testkit.contracts.Contracts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People sign in with a code of their identity provider, with a device, and with an ID token. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class SignInTest {

  @Inject StoppableRefill refill;

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  @ConfigProperty(name = "auth-exchange.token-service-url")
  String tokenServiceUrl;

  @ConfigProperty(name = "auth-exchange.limits.sign-ins-per-minute")
  int signIns;

  private SignInStage stage;

  @BeforeEach
  void arrange() {
    stage = new SignInStage(databaseUrl, tokenServiceUrl);
  }

  @AfterEach
  void resume_the_refill() {
    refill.resume();
  }

  @Test
  void the_query_of_a_token_endpoint_is_kept() {
    stage.personWith("osmo-user");
    stage.providerConfirms("query", SignInStage.PROVIDER_TOKEN);

    stage.token(SignInStage.code("client_id", "query-cli")).then().statusCode(200);

    assertThat(stage.script().received("/query/token").getFirst().query()).contains("policy=a%20b");
  }

  @Test
  void a_code_gives_a_jwt_of_the_session_with_the_roles_of_its_user() throws ParseException {
    String user = stage.people().person("osmo-user", "osmo-ml-team");
    UUID session = stage.sessionOf(user, "1 hour");

    Response answer = stage.signIn();

    JWTClaimsSet claims = claims(answer.path("access_token"), "osmo");
    assertThat(claims.getSubject()).isEqualTo(user);
    assertThat(claims.getStringListClaim("roles")).containsExactly("osmo-ml-team", "osmo-user");
    assertThat(claims.getStringClaim("sid")).isEqualTo(session.toString());
    assertThat(claims.getStringClaim("client_id")).isEqualTo(SignInStage.CLIENT);
    assertThat(claims.getStringClaim("name")).isEqualTo("A Person");
    assertThat(claims.getStringClaim("unique_name")).isEqualTo(user);
    assertThat(claims.getClaims())
        .containsOnlyKeys(
            Contracts.json("jwt.json").get("session_claims").properties().stream()
                .map(Map.Entry::getKey)
                .toArray(String[]::new));
    assertThat(answer.<String>path("id_token")).isEqualTo(answer.path("access_token"));
    assertThat(answer.<String>path("token_type")).isEqualTo("Bearer");
    assertThat(answer.<Integer>path("expires_in")).isBetween(299, 300);
    assertThat(answer.<Integer>path("expires_at").longValue())
        .isEqualTo(claims.getExpirationTime().toInstant().getEpochSecond());
    assertThat(answer.<String>path("scope")).isEqualTo("osmo-ml-team osmo-user");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void the_provider_gets_the_code_and_token_service_the_id_token_and_no_more() {
    stage.personWith("osmo-user");
    stage.providerConfirms("corp", SignInStage.PROVIDER_TOKEN);

    Response answer = stage.token(SignInStage.code("nonce", "n-1"));

    Received toProvider = stage.script().received("/corp/token").getFirst();
    assertThat(toProvider.body().split("&"))
        .containsExactlyInAnyOrder(
            "grant_type=authorization_code",
            "client_id=" + SignInStage.CLIENT,
            "code=" + SignInStage.CODE,
            "code_verifier=" + SignInStage.VERIFIER,
            "redirect_uri=" + encoded(SignInStage.REDIRECT));
    assertThat(toProvider.header("Authorization")).isEmpty();
    Received toTokenService = stage.script().received(SignInStage.SESSION).getFirst();
    assertThat(toTokenService.body())
        .contains("\"nonce\":\"n-1\"", "\"session_id\":null", "\"client_id\":\"corp-cli\"")
        .doesNotContain(SignInStage.CODE, SignInStage.VERIFIER, SignInStage.PROVIDER_TOKEN);
    assertThat(toTokenService.header("X-forwarded-for")).contains(stage.address());
    assertThat(toTokenService.header("X-request-id")).contains(answer.header("X-Request-Id"));
  }

  @ParameterizedTest
  @CsvSource({
    "secret-cli, " + SignInProviders.CLIENT_SECRET,
    "secret-web, " + SignInProviders.WEB_SECRET
  })
  void a_confidential_client_authenticates_with_its_own_secret(String client, String secret) {
    stage.personWith("osmo-user");
    stage.providerConfirms("secret", SignInStage.PROVIDER_TOKEN);

    stage.token(SignInStage.code("client_id", client)).then().statusCode(200);

    String pair = client + ":" + encoded(secret);
    Received request = stage.script().received("/secret/token").getFirst();
    assertThat(request.header("Authorization"))
        .contains(
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    assertThat(request.body()).doesNotContain("secret=");
  }

  @Test
  @Tag("I3")
  void a_jwt_ends_with_its_session() throws ParseException {
    UUID session = stage.sessionOf(stage.people().person("osmo-user"), "20 seconds");

    Response answer = stage.signIn();

    long end =
        Long.parseLong(
            stage
                .people()
                .query(
                    "SELECT floor(extract(epoch FROM expires_at))::bigint FROM login_session"
                        + " WHERE id = ?",
                    session)
                .getFirst());
    assertThat(
            claims(answer.path("access_token"), "osmo")
                .getExpirationTime()
                .toInstant()
                .getEpochSecond())
        .isEqualTo(end);
  }

  @Test
  void who_has_no_roles_gets_no_jwt() {
    stage.personWith();
    stage.providerConfirms("corp", SignInStage.PROVIDER_TOKEN);

    refused(stage.token(SignInStage.code()), "invalid_grant", "You have no roles here");
  }

  @Test
  @Tag("I3")
  void a_session_that_has_ended_or_whose_user_is_disabled_gives_no_jwt() {
    String user = stage.people().person("osmo-user");
    stage.sessionOf(user, "1 hour");
    stage.people().asTokenService("UPDATE users SET disabled_at = now() WHERE id = ?", user);
    stage.providerConfirms("corp", SignInStage.PROVIDER_TOKEN);

    refused(stage.token(SignInStage.code()), "invalid_grant", "The session has ended");

    stage.sessionOf(stage.people().person("osmo-user"), "1 microsecond");
    refused(stage.token(SignInStage.code()), "invalid_grant", "The session has ended");
  }

  @ParameterizedTest
  @CsvSource({
    "401, id-token-invalid, 400, invalid_grant",
    "403, session-ended, 400, invalid_grant",
    "429, too-many-requests, 429, temporarily_unavailable",
    "503, keys-unavailable, 503, temporarily_unavailable",
    "500, internal, 503, temporarily_unavailable",
    "404, not-found, 503, temporarily_unavailable"
  })
  void a_refusal_of_token_service_is_an_error_of_oauth(
      int status, String problem, int expected, String error) {
    stage.providerConfirms("corp", SignInStage.PROVIDER_TOKEN);
    stage.tokenServiceRefuses(status, problem, "internal details");

    Response answer = stage.token(SignInStage.code());

    assertThat(answer.statusCode()).isEqualTo(expected);
    assertThat(answer.<String>path("error")).isEqualTo(error);
    assertThat(answer.asString()).doesNotContain("internal details");
    if (expected >= 429) {
      assertThat(answer.header("Retry-After")).isNotBlank();
    }
  }

  @ParameterizedTest
  @CsvSource({"17, 17", "3600, 3600", "3601, 1", "0, 1", "Wed, 1", "'', 1"})
  void the_time_to_wait_is_that_of_token_service(String said, String passedOn) {
    stage.providerConfirms("corp", SignInStage.PROVIDER_TOKEN);
    stage.tokenServiceLimits(said);

    Response answer = stage.token(SignInStage.code());

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().getValues("Retry-After")).containsExactly(passedOn);
  }

  @Test
  void who_may_not_sign_in_is_told_why_without_control_characters() {
    stage.providerConfirms("corp", SignInStage.PROVIDER_TOKEN);
    stage.tokenServiceRefuses(403, "sign-in-refused", "No user\u001b[2J ann@example.com\r\nhere");

    Response answer = stage.token(SignInStage.code());

    refused(answer, "access_denied", "No user [2J ann@example.com  here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "with a space, but long enough for the rest of the rule"})
  void a_code_without_a_verifier_is_not_sent_to_the_provider(String verifier) {
    refused(stage.token(SignInStage.code("code_verifier", verifier)), "invalid_request", "");

    assertThat(stage.script().received("/corp/token")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"osmo", "corp", "CORP-CLI", "corp-cli "})
  void an_unknown_client_is_refused_without_asking_any_provider(String client) {
    refused(stage.token(SignInStage.code("client_id", client)), "invalid_client", "");

    assertThat(stage.script().received("/corp/token")).isEmpty();
  }

  @Test
  void a_code_goes_only_to_the_provider_of_the_client() {
    stage.providerConfirms("corp", SignInStage.PROVIDER_TOKEN);
    stage.script().reply("/secret/token", Reply.json(400, Map.of("error", "invalid_grant")));

    refused(stage.token(SignInStage.code("client_id", "secret-cli")), "invalid_grant", "");

    assertThat(stage.script().received("/corp/token")).isEmpty();
    assertThat(stage.script().received(SignInStage.SESSION)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorization_pending", "slow_down", "expired_token", "access_denied"})
  void the_errors_of_a_device_sign_in_pass_to_the_client(String error) {
    stage.providerRefuses(error);

    Response answer = stage.token(SignInStage.deviceCode());

    refused(answer, error, "");
    assertThat(answer.asString()).doesNotContain("text", "\\u001b");
  }

  @Test
  void a_device_gets_a_jwt_once_its_user_has_signed_in() {
    stage.personWith("osmo-user");
    stage.providerConfirms("corp", SignInStage.PROVIDER_TOKEN);

    Response answer = stage.token(SignInStage.deviceCode("code_verifier", SignInStage.VERIFIER));

    answer.then().statusCode(200);
    assertThat(answer.<String>path("refresh_token")).startsWith("osmo_rt_");
    assertThat(stage.script().received("/corp/token").getFirst().body())
        .contains("device_code=device-code", "code_verifier=" + SignInStage.VERIFIER);
  }

  @Test
  void a_device_sign_in_starts_at_the_provider() {
    stage.providerStartsDevice("WDJB-MJHT", "https://login.example.com/device");

    Response answer =
        stage.post(
            OAuth.DEVICE_AUTHORIZATION,
            Map.of(
                "client_id",
                SignInStage.DEVICE,
                "scope",
                "everything",
                "code_challenge",
                SignInStage.VERIFIER,
                "code_challenge_method",
                "S256"));

    answer.then().statusCode(200);
    assertThat(answer.jsonPath().<String, Object>getMap("$"))
        .containsEntry("user_code", "WDJB-MJHT")
        .containsEntry("verification_uri", "https://login.example.com/device")
        .containsEntry("expires_in", 600)
        .containsEntry("interval", 5)
        .hasSize(6);
    assertThat(stage.script().received("/corp/device").getFirst().body())
        .contains("scope=openid+profile+email+offline_access", "code_challenge_method=S256")
        .doesNotContain("everything");
  }

  @ParameterizedTest
  @CsvSource({
    "corp-cli, 400, unauthorized_client",
    "secret-cli, 400, unauthorized_client",
    "other, 400, invalid_client"
  })
  void a_client_without_the_device_flow_cannot_start_one(String client, int status, String error) {
    Response answer = stage.post(OAuth.DEVICE_AUTHORIZATION, Map.of("client_id", client));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.<String>path("error")).isEqualTo(error);
    assertThat(stage.script().received("/corp/device")).isEmpty();
  }

  @Test
  void an_id_token_is_exchanged_for_a_jwt_without_a_refresh_token() throws ParseException {
    UUID session = stage.personWith("osmo-user", "osmo-ml-team");

    Response answer =
        stage.token(
            SignInStage.exchanging(
                stage.idToken("corp", "corp-cli"), "scope", "osmo-user", "audience", "reports"));

    answer.then().statusCode(200);
    JWTClaimsSet claims = claims(answer.path("access_token"), "reports");
    assertThat(claims.getStringClaim("sid")).isEqualTo(session.toString());
    assertThat(claims.getStringListClaim("roles")).containsExactly("osmo-user");
    assertThat(answer.jsonPath().<String, Object>getMap("$")).doesNotContainKey("refresh_token");
    assertThat(answer.<String>path("issued_token_type"))
        .isEqualTo("urn:ietf:params:oauth:token-type:access_token");
  }

  @Test
  void an_id_token_of_nobody_we_know_is_not_sent_to_token_service() {
    String valid = stage.idToken("corp", "corp-cli");
    for (String text :
        List.of(
            "junk",
            "a.b.c",
            stage.idToken("other", "corp-cli"),
            stage.idToken("corp", "secret-cli"),
            stage.idToken("corp", "another-system"),
            valid + ".x")) {
      refused(
          stage.token(SignInStage.exchanging(text)), "invalid_grant", "The ID token is not valid");
    }
    refused(
        stage.token(SignInStage.exchanging(valid, "client_id", "corp-device")),
        "invalid_grant",
        "The ID token");

    assertThat(stage.script().received(SignInStage.SESSION)).isEmpty();
  }

  @Test
  @Tag("I10")
  void an_address_cannot_send_the_provider_any_number_of_requests() {
    stage.providerRefuses("authorization_pending");
    refill.stop();
    for (int i = 0; i < signIns; i++) {
      assertThat(stage.token(SignInStage.deviceCode()).statusCode()).isNotEqualTo(429);
    }

    Response answer = stage.token(SignInStage.deviceCode());

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.<String>path("error")).isEqualTo("temporarily_unavailable");
    assertThat(answer.header("Retry-After")).isNotBlank();
    assertThat(stage.script().received("/corp/token"))
        .isNotEmpty()
        .hasSizeLessThanOrEqualTo(signIns);
    assertThat(
            stage
                .post(OAuth.DEVICE_AUTHORIZATION, Map.of("client_id", SignInStage.DEVICE))
                .statusCode())
        .isEqualTo(429);
  }

  private static JWTClaimsSet claims(String jwt, String audience) {
    return Verifier.claims(jwt, given().get("/api/auth/keys").asString(), audience);
  }

  private static void refused(Response answer, String error, String description) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
    assertThat(answer.<String>path("error")).isEqualTo(error);
    assertThat(answer.<String>path("error_description")).startsWith(description);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
