package dev.osmo.token.signin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.osmo.token.testing.Exchange;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.Provider;
import dev.osmo.token.testing.Rows;
import dev.osmo.token.testing.SigningKey;
import dev.osmo.token.testing.Stage;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every near miss of a valid ID token is refused in the same way, and changes nothing. */
@QuarkusTest
@Tag("I9")
class HostileIdTokensTest {

  private static final String CLIENT = "creates-client";

  private final Provider provider = Stage.current().provider();
  private final String id = "u" + UUID.randomUUID();

  static Stream<Arguments> wrong() {
    Provider provider = Stage.current().provider();
    long now = Instant.now().getEpochSecond();
    return Stream.of(
        wrong("of no provider", token -> token.claim("iss", "https://evil.test")),
        wrong("of our own issuer", token -> token.claim("iss", Exchange.ISSUER)),
        wrong("of the issuer with a slash", t -> t.claim("iss", provider.issuer("creates") + "/")),
        wrong("of no issuer", token -> token.without("iss")),
        wrong(
            "of another provider, whose key has the same kid",
            token -> token.claim("iss", provider.issuer("strict"))),
        wrong(
            "signed by another provider with the same kid",
            token -> token.signedBy(provider.key("strict").jwk().getPrivateKey())),
        wrong(
            "signed by another key",
            token -> token.signedBy(SigningKey.make().jwk().getPrivateKey())),
        wrong("of an unknown kid", token -> token.header("kid", "unknown")),
        wrong("for another client", token -> token.claim("aud", "another-client")),
        wrong("for the client of another provider", token -> token.claim("aud", "strict-client")),
        wrong("for nobody", token -> token.without("aud")),
        wrong("for two", token -> token.claim("aud", List.of(CLIENT, "another"))),
        wrong("of another authorized party", token -> token.claim("azp", "another-client")),
        wrong(
            "of an authorized party that is no text", token -> token.claim("azp", List.of(CLIENT))),
        wrong("of nobody", token -> token.without("sub")),
        wrong("of a blank subject", token -> token.claim("sub", " ")),
        wrong("expired", token -> token.claim("iat", now - 600).claim("exp", now - 300)),
        wrong("that never expires", token -> token.without("exp")),
        wrong("that lives for days", token -> token.claim("exp", now + 25 * 3600)),
        wrong("not valid yet", token -> token.claim("nbf", now + 300)),
        wrong(
            "issued in the future", token -> token.claim("iat", now + 300).claim("exp", now + 600)),
        wrong("issued at no time", token -> token.without("iat")),
        wrong("of the type of an access token", token -> token.header("typ", "at+jwt")),
        wrong("of the type of a logout token", token -> token.header("typ", "logout+jwt")),
        wrong("of the type of a security event", token -> token.header("typ", "secevent+jwt")),
        wrong("that is an access token of Keycloak", token -> token.claim("typ", "Bearer")),
        wrong("that is a refresh token of Keycloak", token -> token.claim("typ", "Refresh")),
        wrong("that is a logout token", token -> token.claim("events", Map.of("logout", Map.of()))),
        wrong(
            "with an unknown critical header",
            token -> token.header("crit", List.of("x")).header("x", 1)),
        wrong("with groups that are an object", token -> token.claim("groups", Map.of("a", "b"))),
        wrong("with a group that is no text", token -> token.claim("groups", List.of("a", 5))));
  }

  private static Arguments wrong(String name, Consumer<Jwt> change) {
    return Arguments.of(name, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void a_token_is_refused(String name, Consumer<Jwt> change) {
    Rows before = Rows.now();

    invalid(send(token().with(change).text(), CLIENT, null));

    assertThat(before.changes()).isEmpty();
    send(token().text(), CLIENT, null).statusCode(200);
  }

  @Test
  void a_token_is_refused_for_another_client_than_its_own() {
    invalid(send(token().text(), "strict-client", null));
    invalid(send(token().text(), "nobody", null));
  }

  @Test
  void the_nonce_is_that_of_the_request() {
    invalid(send(token().text(), CLIENT, "n-1"));
    invalid(send(token().claim("nonce", "n-2").text(), CLIENT, "n-1"));
    invalid(send(token().claim("nonce", List.of("n-1")).text(), CLIENT, "n-1"));

    send(token().claim("nonce", "n-1").text(), CLIENT, "n-1").statusCode(200);
  }

  @Test
  void an_unsigned_token_is_refused() {
    String[] parts = token().text().split("\\.", -1);
    String none = encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}");

    invalid(send(none + "." + parts[1] + ".", CLIENT, null));
    invalid(send(parts[0] + "." + parts[1] + ".", CLIENT, null));
    invalid(send(parts[0] + "." + parts[1] + "." + "A".repeat(86), CLIENT, null));
  }

  @Test
  void the_public_key_used_as_an_hmac_secret_is_refused() throws Exception {
    String payload = token().text().split("\\.", -1)[1];
    String content = encoded("{\"alg\":\"HS256\",\"kid\":\"the-same\"}") + "." + payload;
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(provider.key("creates").jwk().getPublicKey().getEncoded(), "HmacSHA256"));
    byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));

    invalid(
        send(
            content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature),
            CLIENT,
            null));
  }

  @Test
  void a_text_that_is_no_token_or_is_too_long_is_refused() {
    invalid(send("", CLIENT, null));
    invalid(send("a.b.c", CLIENT, null));
    invalid(send(token().claim("padding", "x".repeat(16_384)).text(), CLIENT, null));
    invalid(send(People.with("osmo-user").login().text(), CLIENT, null));
  }

  @Test
  void without_the_keys_of_the_provider_the_answer_is_to_wait() {
    String away = provider.idToken("away", id, id).text();

    send(away, "away-client", null)
        .statusCode(503)
        .header("Retry-After", notNullValue())
        .body("type", equalTo("urn:osmo:problem:issuer-unavailable"));
    send(token().text(), CLIENT, null).statusCode(200);
  }

  private Jwt token() {
    return provider.idToken("creates", id, id, List.of());
  }

  private static ValidatableResponse send(String token, String client, String nonce) {
    Map<String, String> body = new HashMap<>();
    body.put("id_token", token);
    body.put("client_id", client);
    body.put("nonce", nonce);
    return given()
        .contentType("application/json")
        .header("X-Forwarded-For", UUID.randomUUID().toString())
        .body(body)
        .post("/api/auth/session")
        .then();
  }

  private static void invalid(ValidatableResponse answer) {
    answer
        .statusCode(401)
        .body("type", equalTo("urn:osmo:problem:id-token-invalid"))
        .body("detail", equalTo("The ID token is not valid. Sign in again."));
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
