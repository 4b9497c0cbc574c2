package dev.osmo.exchange.oauth;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.testkit.contracts.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Introspection (RFC 7662): who may introspect, and what is still valid. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class IntrospectionTest {

  private static final String[] MEMBERS = {
    "active",
    "scope",
    "client_id",
    "username",
    "token_type",
    "exp",
    "iat",
    "nbf",
    "sub",
    "aud",
    "iss",
    "jti",
    "roles",
    "pat_id"
  };
  private static final String DISABLE_OWNER =
      "UPDATE users SET disabled_at = now() WHERE id = (SELECT user_id FROM access_token WHERE id = ?)";
  private static final String MUST_SIGN_IN =
      "UPDATE users SET sign_in_due_at = now() WHERE id = (SELECT user_id FROM access_token WHERE id = ?)";
  private static final String SUSPEND = "UPDATE access_token SET suspended_at = now() WHERE id = ?";
  private static final String EXPIRE = "UPDATE access_token SET expires_at = now() WHERE id = ?";
  private static final String REVOKE =
      "UPDATE access_token_secret SET revoked_at = now() WHERE token_id = ?";
  private static final String DELETE = "DELETE FROM access_token WHERE id = ?";

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  private People people;
  private IssuedPat pat;
  private IssuedPat inspector;

  @BeforeEach
  void userAndInspector() {
    people = new People(databaseUrl);
    pat = people.pat(people.person("osmo-user", "osmo-ml-team"));
    inspector = people.pat(people.person("osmo-introspect"));
  }

  @Test
  void introspection_of_a_jwt_returns_its_effective_rights() {
    String jwt = OAuth.jwt(pat);

    Response answer = OAuth.introspect(pat.text(), jwt);

    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    Map<String, Object> told = answer.jsonPath().getMap("$");
    assertThat(told)
        .containsOnlyKeys(MEMBERS)
        .containsEntry("active", true)
        .containsEntry("scope", "osmo-ml-team osmo-user")
        .containsEntry("roles", List.of("osmo-ml-team", "osmo-user"))
        .containsEntry("client_id", pat.id())
        .containsEntry("pat_id", pat.id())
        .containsEntry("username", pat.owner())
        .containsEntry("sub", pat.owner())
        .containsEntry("token_type", "Bearer")
        .containsEntry("aud", "osmo")
        .containsEntry("iss", ServiceSetup.ISSUER);
    assertThat((Integer) told.get("exp") - (Integer) told.get("iat")).isEqualTo(300);
    assertThat(told.get("nbf")).isEqualTo(told.get("iat"));
  }

  @Test
  void introspection_of_an_access_token_returns_its_type_and_not_its_text() {
    Response answer = OAuth.introspect(OAuth.jwt(pat), pat.text());

    Map<String, Object> told = answer.jsonPath().getMap("$");
    assertThat(told)
        .containsOnlyKeys(MEMBERS)
        .containsEntry("active", true)
        .containsEntry("token_type", OAuth.PAT)
        .containsEntry("aud", ServiceSetup.ISSUER)
        .containsEntry("jti", pat.id())
        .containsEntry("scope", "osmo-ml-team osmo-user");
    assertThat((Integer) told.get("exp") - (Integer) told.get("iat")).isEqualTo(3600);
    assertThat(answer.asString()).doesNotContain(pat.text());
  }

  @Test
  @Tag("I3")
  void a_rotated_secret_is_inactive_after_its_grace() {
    people.asSuperuser(
        "UPDATE access_token_secret SET valid_until = created_at + interval '60 seconds' WHERE token_id = ?",
        pat.id());

    Map<String, Object> told =
        OAuth.introspect(inspector.text(), pat.text()).jsonPath().getMap("$");

    assertThat((Integer) told.get("exp") - (Integer) told.get("iat")).isEqualTo(60);
  }

  @Test
  @Tag("I2")
  void a_removed_role_is_not_returned_even_if_the_jwt_contains_it() {
    String jwt = OAuth.jwt(pat);
    people.remove(pat.owner(), "osmo-ml-team");

    assertThat(OAuth.introspect(inspector.text(), jwt).<String>path("scope"))
        .isEqualTo("osmo-user");
    assertThat(OAuth.introspect(inspector.text(), pat.text()).<String>path("scope"))
        .isEqualTo("osmo-user");
  }

  @Test
  @Tag("I5")
  void a_jwt_without_any_remaining_role_is_inactive() {
    String jwt = OAuth.jwt(pat, "scope", "osmo-ml-team");
    people.remove(pat.owner(), "osmo-ml-team");
    people.grant(pat.owner(), "osmo-ml-team");

    inactive(OAuth.introspect(inspector.text(), jwt));
  }

  @Test
  @Tag("I6")
  void a_downscoped_jwt_is_returned_with_its_own_roles_only() {
    String jwt = OAuth.jwt(pat, "scope", "osmo-user", "audience", "reports");

    Response answer = OAuth.introspect(inspector.text(), jwt);

    assertThat(answer.<String>path("scope")).isEqualTo("osmo-user");
    assertThat(answer.<String>path("aud")).isEqualTo("reports");
  }

  @ParameterizedTest
  @Tag("I3")
  @ValueSource(strings = {DISABLE_OWNER, MUST_SIGN_IN, SUSPEND, EXPIRE, REVOKE, DELETE})
  void an_invalid_credential_is_inactive_and_cannot_introspect(String death) {
    String jwt = OAuth.jwt(pat);
    assertThat(OAuth.introspect(inspector.text(), pat.text()).<Boolean>path("active")).isTrue();
    assertThat(OAuth.introspect(inspector.text(), jwt).<Boolean>path("active")).isTrue();

    people.asSuperuser(death, pat.id());

    inactive(OAuth.introspect(inspector.text(), jwt));
    inactive(OAuth.introspect(inspector.text(), pat.text()));
    unauthenticated(OAuth.introspect(jwt, inspector.text()));
    unauthenticated(OAuth.introspect(pat.text(), inspector.text()));
  }

  @Test
  @Tag("I3")
  void a_jwt_of_a_revoked_secret_is_inactive_although_the_other_secret_is_valid() {
    String jwt = OAuth.jwt(pat);
    IssuedPat newer = people.rotate(pat);
    String newest = OAuth.jwt(newer);

    OAuth.revoke(pat.text()).then().statusCode(200);

    inactive(OAuth.introspect(inspector.text(), jwt));
    unauthenticated(OAuth.introspect(jwt, newer.text()));
    assertThat(OAuth.introspect(inspector.text(), newest).<Boolean>path("active")).isTrue();
    assertThat(OAuth.introspect(inspector.text(), newer.text()).<Boolean>path("active")).isTrue();
  }

  @Test
  @Tag("I11")
  void only_an_inspector_can_introspect_tokens_of_others() {
    String jwt = OAuth.jwt(pat);
    IssuedPat other = people.pat(people.person("osmo-user", "osmo-admin"));

    inactive(OAuth.introspect(other.text(), jwt));
    inactive(OAuth.introspect(other.text(), pat.text()));
    assertThat(OAuth.introspect(inspector.text(), jwt).<Boolean>path("active")).isTrue();
    assertThat(OAuth.introspect(OAuth.jwt(inspector), jwt).<Boolean>path("active")).isTrue();
  }

  @Test
  @Tag("I2")
  void an_inspector_whose_role_was_removed_learns_nothing() {
    people.grant(inspector.owner(), "osmo-user");
    IssuedPat both = people.pat(inspector.owner());
    String jwt = OAuth.jwt(both);
    String narrowed = OAuth.jwt(both, "scope", "osmo-user");

    inactive(OAuth.introspect(narrowed, pat.text()));
    people.remove(inspector.owner(), "osmo-introspect");

    inactive(OAuth.introspect(jwt, pat.text()));
    inactive(OAuth.introspect(both.text(), pat.text()));
  }

  @Test
  void a_jwt_for_another_audience_cannot_introspect() {
    unauthenticated(OAuth.introspect(OAuth.jwt(pat, "audience", "reports"), pat.text()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "client", "a%3Ab"})
  void an_access_token_may_be_sent_as_the_password_of_any_user(String user) {
    Response answer = introspectAs(basic(user + ":" + pat.text()), pat.text());

    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    assertThat(answer.<Boolean>path("active")).isTrue();
    assertThat(introspectAs("BASIC " + encoded(":" + pat.text()), pat.text()).statusCode())
        .isEqualTo(200);
    inactive(introspectAs(basic(user + ":" + pat.text()), inspector.text()));
  }

  /** RFC 6749, section 2.3.1: user name and password are encoded as in a form. */
  @Test
  void a_password_may_be_encoded_as_in_a_form() {
    String encoded = pat.text().replace("_", "%5F");

    assertThat(introspectAs(basic("c:" + encoded), pat.text()).<Boolean>path("active")).isTrue();
  }

  @Test
  @Tag("I11")
  void an_invalid_password_is_refused_like_an_invalid_bearer_credential() {
    String bearer = OAuth.introspect(TestTokens.random(), pat.text()).asString();
    IssuedPat deleted = people.pat(pat.owner());
    people.asSuperuser(DELETE, deleted.id());

    for (String header :
        List.of(
            basic("c:" + TestTokens.random()),
            basic("c:" + deleted.text()),
            basic("c:nonsense"),
            basic("c:%zz"),
            basic("c:"),
            basic(pat.text() + ":"),
            basic(pat.text()),
            "Basic ",
            "Basic !")) {
      Response answer = introspectAs(header, pat.text());

      unauthenticated(answer);
      assertThat(answer.asString()).isEqualTo(bearer);
    }
  }

  @Test
  @Tag("I11")
  void introspection_requires_a_credential() {
    unauthenticated(OAuth.post(OAuth.INTROSPECT, Map.of("token", pat.text())));
    unauthenticated(OAuth.introspect(TestTokens.random(), pat.text()));
    unauthenticated(OAuth.introspect("osmo_nonsense", pat.text()));
    unauthenticated(
        given()
            .header("Authorization", "Basic " + pat.text())
            .formParam("token", pat.text())
            .post(OAuth.INTROSPECT));
    unauthenticated(
        given()
            .header("Authorization", "Bearer " + pat.text(), "Bearer " + pat.text())
            .formParam("token", pat.text())
            .post(OAuth.INTROSPECT));
  }

  @Test
  @Tag("I11")
  void an_unknown_or_malformed_token_is_inactive() {
    inactive(OAuth.introspect(pat.text(), TestTokens.random()));
    inactive(OAuth.introspect(pat.text(), "nonsense"));
    inactive(OAuth.introspect(pat.text(), "a.b.c"));
  }

  @Test
  void introspection_requires_a_token() {
    Response answer = OAuth.introspect(pat.text(), "");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.<String>path("error")).isEqualTo("invalid_request");
  }

  private static Response introspectAs(String authorization, String token) {
    return given()
        .header("Authorization", authorization)
        .formParam("token", token)
        .post(OAuth.INTROSPECT);
  }

  private static String basic(String userAndPassword) {
    return "Basic " + encoded(userAndPassword);
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static void inactive(Response answer) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    assertThat(answer.asString()).isEqualTo("{\"active\":false}");
  }

  private static void unauthenticated(Response answer) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(401);
    assertThat(answer.<String>path("error")).isEqualTo("invalid_token");
    assertThat(answer.header("WWW-Authenticate"))
        .isIn(
            "Bearer realm=\"osmo\", Basic realm=\"osmo\"",
            "Bearer realm=\"osmo\", error=\"invalid_token\", Basic realm=\"osmo\"");
  }
}
