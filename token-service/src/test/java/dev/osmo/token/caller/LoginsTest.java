package dev.osmo.token.caller;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.SigningKey;
import dev.osmo.token.testing.Stage;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class LoginsTest {

  private static final String OWN = "/api/auth/access_token";
  private static final String ADMIN = "/api/auth/user";

  static Stream<Arguments> invalidJwts() {
    long now = Instant.now().getEpochSecond();
    return Map.<String, Consumer<Jwt>>ofEntries(
            Map.entry("no typ", jwt -> jwt.withoutHeader("typ")),
            Map.entry("typ of another kind", jwt -> jwt.header("typ", "JWT")),
            Map.entry("no kid", jwt -> jwt.withoutHeader("kid")),
            Map.entry("an unpublished kid", jwt -> jwt.header("kid", "unknown")),
            Map.entry("another issuer", jwt -> jwt.claim("iss", "http://evil.example.com")),
            Map.entry("no issuer", jwt -> jwt.without("iss")),
            Map.entry("another audience", jwt -> jwt.claim("aud", "warehouse")),
            Map.entry("no audience", jwt -> jwt.without("aud")),
            Map.entry("expired", jwt -> jwt.claim("exp", now - 60)),
            Map.entry("no expiry", jwt -> jwt.without("exp")),
            Map.entry("not valid yet", jwt -> jwt.claim("nbf", now + 60)),
            Map.entry("no subject", jwt -> jwt.without("sub")),
            Map.entry("no jti", jwt -> jwt.without("jti")),
            Map.entry("no token behind it", jwt -> jwt.without("pat_id")),
            Map.entry("no roles", jwt -> jwt.without("roles")),
            Map.entry(
                "another user's token",
                jwt -> jwt.claim("pat_id", People.with("osmo-user").patId())),
            Map.entry(
                "a critical header that is not understood",
                jwt -> jwt.header("crit", List.of("exotic")).header("exotic", true)),
            Map.entry("another key", jwt -> jwt.signedBy(SigningKey.make().jwk().getPrivateKey())))
        .entrySet()
        .stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalidJwts")
  @Tag("I9")
  @Tag("I11")
  void every_invalid_jwt_gets_the_same_refusal(String fault, Consumer<Jwt> change) {
    Jwt jwt = People.with("osmo-user").login().with(change);

    Api.as(jwt)
        .get(OWN)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", "Bearer realm=\"osmo\", error=\"invalid_token\"")
        .contentType("application/problem+json")
        .body("type", equalTo("urn:osmo:problem:unauthenticated"))
        .body("detail", equalTo("The JWT is not valid. Sign in again."));
  }

  @Test
  void a_valid_jwt_is_accepted() {
    Api.as(People.with("osmo-user").login()).get(OWN).then().statusCode(200);
  }

  @Test
  @Tag("I9")
  void the_public_key_used_as_an_hmac_secret_is_refused() {
    byte[] published =
        Stage.current().exchange().key().publicJwk().getBytes(StandardCharsets.UTF_8);
    Jwt jwt =
        People.administrator()
            .login()
            .header("alg", "HS256")
            .signedBy(new SecretKeySpec(published, "HmacSHA256"));

    Api.as(jwt).get(OWN).then().statusCode(401);
  }

  @Test
  @Tag("I9")
  void alg_none_is_refused() {
    String[] good = People.administrator().login().text().split("\\.", -1);
    String header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                "{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"x\"}"
                    .getBytes(StandardCharsets.UTF_8));

    Api.withBearer(header + "." + good[1] + ".").get(OWN).then().statusCode(401);
    Api.withBearer(header + "." + good[1] + "." + good[2]).get(OWN).then().statusCode(401);
  }

  @Test
  void a_raw_access_token_is_refused_with_the_advice_to_exchange_it() {
    Person user = People.with("osmo-user");
    String text = Api.as(user).post(OWN + "/raw").as(String.class);

    Api.withBearer(text)
        .get(OWN)
        .then()
        .statusCode(401)
        .body("type", equalTo("urn:osmo:problem:exchange-first"))
        .body("detail", containsString("/api/auth/jwt/access_token"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a.b.c", "..", "a.b.c.d.e", "e30.e30.e30"})
  void a_malformed_credential_is_refused(String rubbish) {
    Api.withBearer(rubbish).get(OWN).then().statusCode(401);
  }

  @Test
  void a_very_long_credential_is_refused() {
    Api.withBearer("a".repeat(9000)).get(OWN).then().statusCode(401);
  }

  @Test
  void other_schemes_and_repeated_headers_are_refused() {
    Person user = People.with("osmo-user");

    given().header("Authorization", "Basic abc").get(OWN).then().statusCode(401);
    Api.as(user)
        .header("Authorization", "Bearer " + user.login().text())
        .get(OWN)
        .then()
        .statusCode(401);
  }

  @Test
  void without_a_credential_the_routes_of_a_user_answer_401() {
    given()
        .get(OWN)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", "Bearer realm=\"osmo\"")
        .body("type", equalTo("urn:osmo:problem:unauthenticated"));
  }

  @Test
  void a_key_published_later_is_fetched_when_first_seen() {
    SigningKey later = SigningKey.make();
    Jwt jwt =
        People.with("osmo-user")
            .login()
            .header("kid", later.jwk().getKeyId())
            .signedBy(later.jwk().getPrivateKey());
    Api.as(jwt).get(OWN).then().statusCode(401);

    Stage.current().exchange().publish(later);

    Api.as(jwt).get(OWN).then().statusCode(200);
  }

  @Test
  @Tag("I3")
  void a_jwt_is_refused_after_its_access_token_is_deleted() {
    Map<String, Consumer<Person>> deaths =
        Map.of(
            "deleted",
                user -> People.execute("DELETE FROM access_token WHERE id = ?", user.patId()),
            "expired",
                user ->
                    People.execute(
                        "UPDATE access_token SET expires_at = now() WHERE id = ?", user.patId()),
            "suspended",
                user ->
                    People.execute(
                        "UPDATE access_token SET suspended_at = now() WHERE id = ?", user.patId()),
            "revoked",
                user ->
                    People.execute(
                        "UPDATE access_token_secret SET revoked_at = now() WHERE token_id = ?",
                        user.patId()),
            "rotated out",
                user ->
                    People.execute(
                        "UPDATE access_token_secret SET valid_until = now() WHERE token_id = ?",
                        user.patId()),
            "owner disabled",
                user ->
                    People.execute("UPDATE users SET disabled_at = now() WHERE id = ?", user.id()),
            "owner deleted", user -> People.execute("DELETE FROM users WHERE id = ?", user.id()));
    deaths.forEach(
        (state, kill) -> {
          Person user = People.with("osmo-user");
          Jwt jwt = user.login();
          Api.as(jwt).get(OWN).then().statusCode(200);

          kill.accept(user);

          assertThat(Api.as(jwt).get(OWN).statusCode()).as(state).isEqualTo(401);
          assertThat(Api.as(jwt).post(OWN + "/later").statusCode()).as(state).isEqualTo(401);
        });
  }

  @Test
  @Tag("I3")
  void an_administrator_loses_access_as_soon_as_the_role_is_removed() {
    Person admin = People.administrator();
    Jwt jwt = admin.login();
    Api.as(jwt).get(ADMIN).then().statusCode(200);

    Api.as(People.administrator())
        .delete("/api/auth/user/" + admin.id() + "/roles/osmo-admin")
        .then()
        .statusCode(200);

    Api.as(jwt)
        .get(ADMIN)
        .then()
        .statusCode(403)
        .header("WWW-Authenticate", "Bearer realm=\"osmo\", error=\"insufficient_scope\"")
        .body("type", equalTo("urn:osmo:problem:forbidden"));
    Api.as(jwt).get(OWN).then().statusCode(200);
  }

  @Test
  @Tag("I3")
  void a_role_that_only_the_jwt_contains_is_not_effective() {
    Person user = People.with("osmo-user");
    Jwt jwt = user.loginWithOnly("osmo-user", "osmo-admin");

    Api.as(jwt).get("/api/profile/settings").then().body("roles", contains("osmo-user"));
    Api.as(jwt).get(ADMIN).then().statusCode(403);
  }

  @Test
  @Tag("I11")
  void a_route_without_a_permission_annotation_is_denied() {
    Api.as(People.administrator()).get("/api/forgotten").then().statusCode(403);
    given().get("/api/forgotten").then().statusCode(401);
  }
}
