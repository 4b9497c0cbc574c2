package dev.osmo.exchange.testing;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A person at a client, an identity provider and token-service. Provider and token-service are
 * scripted, and the session is in the database as token-service would have written it.
 */
public final class SignInStage {

  public static final String CLIENT = "corp-cli";
  public static final String DEVICE = "corp-device";
  public static final String CODE = "code-of-the-provider";
  public static final String VERIFIER = "verifier-".repeat(5);
  public static final String REDIRECT = "http://127.0.0.1:4711/callback";
  public static final String PROVIDER_TOKEN = "refresh-token-of-the-provider";
  public static final String SESSION = "/token-service/api/auth/session";

  private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

  private final People people;
  private final Script script;
  private final String address =
      "198.51.%d.%d"
          .formatted(
              ThreadLocalRandom.current().nextInt(256), ThreadLocalRandom.current().nextInt(256));

  public SignInStage(String databaseUrl, String tokenServiceUrl) {
    this.people = new People(databaseUrl);
    this.script = Script.of(tokenServiceUrl);
    script.reset();
  }

  public People people() {
    return people;
  }

  public Script script() {
    return script;
  }

  /** The address of the client. Limits by address are separate for each stage. */
  public String address() {
    return address;
  }

  /** An ID token as the service forwards it: nothing here verifies its signature. */
  public String idToken(String provider, String audience) {
    return part("{\"alg\":\"RS256\"}")
        + "."
        + part(
            "{\"iss\": \"%s/%s\", \"aud\": \"%s\", \"jti\": \"%s\"}"
                .formatted(script.base(), provider, audience, UUID.randomUUID()))
        + "."
        + part("signature");
  }

  private static String part(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A session that token-service will name, of a new user with these roles. */
  public UUID personWith(String... roles) {
    return sessionOf(people.person(roles), "1 hour");
  }

  public UUID sessionOf(String user, String lifetime) {
    UUID session = people.session(user, CLIENT, lifetime);
    tokenServiceKeeps(session);
    return session;
  }

  public void tokenServiceKeeps(UUID session) {
    script.reply(
        SESSION,
        Reply.json(
            200,
            Map.of(
                "session_id", session.toString(),
                "user_id", "not used",
                "name", "not used",
                "expires_at", "2030-01-01T00:00:00Z",
                "created", false)));
  }

  public void tokenServiceRefuses(int status, String problem, String detail) {
    script.reply(
        SESSION,
        Reply.json(
            status,
            Map.of("type", "urn:osmo:problem:" + problem, "status", status, "detail", detail)));
  }

  /** token-service refuses because of a rate limit. */
  public void tokenServiceLimits(String retryAfter) {
    script.reply(
        SESSION,
        new Reply(
            429,
            Map.of("Content-Type", "application/json", "Retry-After", retryAfter),
            "{\"type\": \"urn:osmo:problem:too-many-requests\", \"status\": 429}",
            false,
            false));
  }

  /** The provider's next token response, with this refresh token. */
  public void providerConfirms(String provider, String refreshToken) {
    script.reply("/" + provider + "/token", confirmation(provider, refreshToken));
  }

  /** A token response with this refresh token. */
  public Reply confirmation(String provider, String refreshToken) {
    return Reply.json(
        200,
        Map.of(
            "access_token",
            "access-token-of-the-provider",
            "token_type",
            "Bearer",
            "id_token",
            idToken(provider, provider + "-cli"),
            "refresh_token",
            refreshToken));
  }

  public void providerStartsDevice(String userCode, String page) {
    script.reply(
        "/corp/device",
        Reply.json(
            200,
            Map.of(
                "device_code",
                "device-code",
                "user_code",
                userCode,
                "verification_uri",
                page,
                "verification_uri_complete",
                page + "?user_code=" + userCode,
                "expires_in",
                600)));
  }

  public void providerRefuses(String error) {
    script.reply(
        "/corp/token",
        Reply.json(400, Map.of("error", error, "error_description", "text\u001b[31m\r\nof it")));
  }

  /** Signs in with a code, and expects success. */
  public Response signIn() {
    providerConfirms("corp", PROVIDER_TOKEN);
    Response answer = token(code());
    answer.then().statusCode(200);
    return answer;
  }

  public String refreshToken() {
    return signIn().path("refresh_token");
  }

  public static Map<String, String> code(String... more) {
    return form(
        Map.of(
            "grant_type", "authorization_code",
            "client_id", CLIENT,
            "code", CODE,
            "redirect_uri", REDIRECT,
            "code_verifier", VERIFIER),
        more);
  }

  public static Map<String, String> deviceCode(String... more) {
    return form(
        Map.of("grant_type", DEVICE_GRANT, "client_id", DEVICE, "device_code", "device-code"),
        more);
  }

  public static Map<String, String> refreshing(String token, String... more) {
    return form(
        Map.of("grant_type", "refresh_token", "client_id", CLIENT, "refresh_token", token), more);
  }

  /** The exchange of an ID token. */
  public static Map<String, String> exchanging(String idToken, String... more) {
    return form(
        Map.of(
            "grant_type",
            OAuth.GRANT_TYPE,
            "subject_token",
            idToken,
            "subject_token_type",
            "urn:ietf:params:oauth:token-type:id_token"),
        more);
  }

  /** Later names replace earlier ones; an empty value removes a parameter. */
  private static Map<String, String> form(Map<String, String> parameters, String... more) {
    Map<String, String> form = new HashMap<>(parameters);
    for (int i = 0; i < more.length; i += 2) {
      form.put(more[i], more[i + 1]);
    }
    return form;
  }

  public Response token(Map<String, String> form) {
    return post(OAuth.TOKEN, form);
  }

  public Response post(String path, Map<String, String> form) {
    return given()
        .header("X-Forwarded-For", address)
        .contentType(ContentType.URLENC)
        .formParams(form)
        .post(path);
  }
}
