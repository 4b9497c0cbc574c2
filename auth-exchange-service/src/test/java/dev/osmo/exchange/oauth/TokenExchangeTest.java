package dev.osmo.exchange.oauth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.Verifier;
import dev.osmo.testkit.contracts.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.http.Header;
import io.restassured.http.Headers;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Token exchange (RFC 8693). */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class TokenExchangeTest {

  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
  private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  private People people;
  private IssuedPat pat;

  @BeforeEach
  void userWithTwoRoles() {
    people = new People(databaseUrl);
    pat = people.pat(people.person("osmo-user", "osmo-ml-team"));
  }

  @Test
  void a_token_is_exchanged_for_a_jwt_that_another_library_accepts() throws Exception {
    Response answer = OAuth.exchange(pat);

    JWTClaimsSet claims = claims(answer, "osmo");
    assertThat(claims.getSubject()).isEqualTo(pat.owner());
    assertThat(claims.getStringListClaim("roles")).containsExactly("osmo-ml-team", "osmo-user");
    assertThat(answer.jsonPath().getMap("$"))
        .containsOnlyKeys("access_token", "issued_token_type", "token_type", "expires_in", "scope");
    assertThat(answer.<String>path("issued_token_type")).isEqualTo(ACCESS_TOKEN);
    assertThat(answer.<String>path("token_type")).isEqualTo("Bearer");
    assertThat(answer.<Integer>path("expires_in")).isBetween(299, 300);
    assertThat(answer.<String>path("scope")).isEqualTo("osmo-ml-team osmo-user");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void the_subject_token_type_may_be_access_token_and_the_requested_type_jwt() {
    Response answer =
        OAuth.exchange(pat, "subject_token_type", ACCESS_TOKEN, "requested_token_type", JWT);

    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    assertThat(answer.<String>path("issued_token_type")).isEqualTo(JWT);
  }

  @Test
  @Tag("I6")
  void a_scope_reduces_the_roles() throws Exception {
    Response answer = OAuth.exchange(pat, "scope", "osmo-user");

    assertThat(claims(answer, "osmo").getStringListClaim("roles")).containsExactly("osmo-user");
    assertThat(answer.<String>path("scope")).isEqualTo("osmo-user");
  }

  @Test
  @Tag("I6")
  void a_scope_never_adds_a_role() throws Exception {
    people.grant(pat.owner(), "osmo-admin");

    Response answer = OAuth.exchange(pat, "scope", "osmo-admin osmo-user nothing");

    assertThat(claims(answer, "osmo").getStringListClaim("roles")).containsExactly("osmo-user");
    assertThat(answer.<String>path("scope")).isEqualTo("osmo-user");
  }

  @Test
  @Tag("I2")
  void a_removed_role_is_not_in_the_next_jwt_even_if_requested() throws Exception {
    people.remove(pat.owner(), "osmo-ml-team");

    Response answer = OAuth.exchange(pat, "scope", "osmo-ml-team osmo-user");

    assertThat(claims(answer, "osmo").getStringListClaim("roles")).containsExactly("osmo-user");
    refused(OAuth.exchange(pat, "scope", "osmo-ml-team"), "invalid_scope");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "subject_token_type|secret|The parameter subject_token_type must be urn:osmo:params:oauth:token-type:pat or ",
        "requested_token_type|secret|The parameter requested_token_type must be urn:ietf:params:oauth:token-type:access_token or ",
        "actor_token|secret|The parameter actor_token is not supported",
        "actor_token_type|secret|The parameter actor_token_type is not supported",
        "osmo_pat|secret|The parameter osmo_pat is only for the token of a workload",
        "subject_token||The parameter subject_token is required",
        "subject_token_type||The parameter subject_token_type is required",
        "roles|secret|The parameter roles does not exist",
        "SCOPE|secret|The parameter SCOPE does not exist",
      })
  void a_malformed_request_names_the_parameter_and_the_rule_and_never_the_value(
      String parameter, String value, String expected) {
    Response answer = OAuth.exchange(pat, parameter, value == null ? "" : value);

    refused(answer, "invalid_request");
    assertThat(answer.<String>path("error_description"))
        .startsWith(expected)
        .doesNotContain("secret");
  }

  @Test
  @Tag("I1")
  void a_repeated_parameter_is_named_unless_its_name_could_be_a_credential() {
    assertThat(raw(body() + "&a=1&a=2").<String>path("error_description"))
        .isEqualTo("The parameter a occurs more than once");
    String token = TestTokens.random();
    assertThat(raw(body() + "&" + token + "&" + token).asString())
        .contains("A parameter occurs more than once")
        .doesNotContain(token);
    assertThat(raw("").<String>path("error_description"))
        .isEqualTo("The parameter grant_type is required");
    assertThat(raw("a=%").<String>path("error_description")).startsWith("The body is not a form");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"osmo-admin", "Osmo-User", "a  b", " osmo-user", "osmo-user ", "a,b", "ä"})
  void a_scope_without_a_remaining_role_or_of_another_shape_is_invalid(String scope) {
    refused(OAuth.exchange(pat, "scope", scope), "invalid_scope");
  }

  @Test
  void a_scope_reduces_too_many_roles_to_a_valid_jwt() {
    for (int i = 0; i < 120; i++) {
      people.grant(pat.owner(), "a-role-with-a-name-as-long-as-they-get-on-average-sometimes-" + i);
    }
    IssuedPat wide = people.pat(pat.owner());

    refused(OAuth.exchange(wide), "invalid_scope");
    assertThat(OAuth.exchange(wide, "scope", "osmo-user").statusCode()).isEqualTo(200);
  }

  @Test
  void a_configured_audience_replaces_ours() throws Exception {
    Response answer = OAuth.exchange(pat, "audience", "reports");

    assertThat(claims(answer, "reports").getAudience()).containsExactly("reports");
  }

  @Test
  void the_default_audience_may_be_requested() throws Exception {
    assertThat(claims(OAuth.exchange(pat, "audience", "osmo"), "osmo").getAudience())
        .containsExactly("osmo");
  }

  @Test
  void a_configured_resource_is_its_own_audience() throws Exception {
    String resource = "https://reports.test/api";

    assertThat(claims(OAuth.exchange(pat, "resource", resource), resource).getAudience())
        .containsExactly(resource);
  }

  @ParameterizedTest
  @CsvSource({
    "audience, elsewhere",
    "audience, Reports",
    "audience, https://reports.test/api",
    "resource, https://elsewhere.test",
    "resource, https://reports.test/api#fragment",
    "resource, /api",
    "resource, reports",
  })
  void an_unknown_audience_or_resource_is_invalid(String parameter, String target) {
    refused(OAuth.exchange(pat, parameter, target), "invalid_target");
  }

  @Test
  void a_jwt_has_one_audience_or_resource() {
    refused(
        OAuth.exchange(pat, "audience", "reports", "resource", "https://reports.test/api"),
        "invalid_target");
    refused(raw(body() + "&audience=reports&audience=billing"), "invalid_target");
    refused(raw(body() + "&audience=osmo&audience=osmo"), "invalid_target");
    refused(raw(body() + "&resource=https://reports.test/api&resource="), "invalid_target");
    refused(raw(body() + "&audience=osmo&audience=osmo&scope=x&scope=x"), "invalid_request");
  }

  @Test
  @Tag("I3")
  void a_jwt_never_expires_after_its_access_token() throws Exception {
    IssuedPat dying = people.pat(pat.owner(), "90 seconds");

    Response answer = OAuth.exchange(dying);

    JWTClaimsSet claims = claims(answer, "osmo");
    assertThat(answer.<Integer>path("expires_in")).isBetween(1, 90);
    assertThat(
            Duration.between(
                    claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant())
                .toSeconds())
        .isBetween(1L, 90L);
  }

  @Test
  @Tag("I3")
  void an_invalid_token_is_an_invalid_grant_and_its_holder_learns_why() {
    IssuedPat suspended = people.pat(pat.owner());
    people.asSuperuser("UPDATE access_token SET suspended_at = now() WHERE id = ?", suspended.id());

    Response answer = OAuth.exchange(suspended);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.<String>path("error")).isEqualTo("invalid_grant");
    assertThat(answer.<String>path("error_description")).isEqualTo("Access Token is suspended");
    assertThat(answer.<String>path("denial.reason")).isEqualTo("suspended");
  }

  @Test
  @Tag("I11")
  void malformed_unknown_and_deleted_tokens_get_identical_answers() {
    people.delete(pat);

    String malformed = withoutDate("osmo_nonsense");

    assertThat(malformed).contains("invalid_grant");
    assertThat(withoutDate(TestTokens.random())).isEqualTo(malformed);
    assertThat(withoutDate(pat.text())).isEqualTo(malformed);
  }

  @Test
  void another_grant_type_is_unsupported() {
    refused(OAuth.exchange(pat, "grant_type", "client_credentials"), "unsupported_grant_type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"grant_type", "subject_token", "subject_token_type"})
  void a_missing_or_empty_required_parameter_is_an_invalid_request(String parameter) {
    Map<String, String> without = OAuth.exchanging(pat.text());
    without.remove(parameter);

    refused(OAuth.post(OAuth.TOKEN, without), "invalid_request");
    refused(OAuth.exchange(pat, parameter, ""), "invalid_request");
  }

  @ParameterizedTest
  @CsvSource({
    "subject_token_type, pat",
    "requested_token_type, urn:ietf:params:oauth:token-type:refresh_token",
    "requested_token_type, urn:osmo:params:oauth:token-type:pat",
    "actor_token, x",
    "actor_token_type, urn:ietf:params:oauth:token-type:jwt",
  })
  void an_unsupported_parameter_is_an_invalid_request(String parameter, String value) {
    refused(OAuth.exchange(pat, parameter, value), "invalid_request");
  }

  @ParameterizedTest
  @Tag("I9")
  @ValueSource(strings = {"grant_type", "subject_token", "subject_token_type", "scope", "unknown"})
  void a_repeated_parameter_is_an_invalid_request(String parameter) {
    String twice = body() + "&scope=osmo-user&unknown=x&" + parameter + "=osmo";

    refused(raw(twice), "invalid_request");
  }

  @ParameterizedTest
  @Tag("I9")
  @ValueSource(strings = {"", "%", "a=%zz", "&&", "{}"})
  void a_malformed_form_is_an_invalid_request(String body) {
    refused(raw(body), "invalid_request");
  }

  @Test
  void an_unknown_parameter_is_ignored() {
    assertThat(raw(body() + "&client_id=me&x").statusCode()).isEqualTo(200);
  }

  /** If it was ignored, the JWT would have all roles or the default audience. */
  @ParameterizedTest
  @Tag("I9")
  @ValueSource(strings = {"SCOPE", "Scope", "scopes", "roles", "role", "Audience", "RESOURCE"})
  void a_misspelled_restriction_is_an_invalid_request(String name) {
    refused(raw(body() + '&' + name + "=osmo-user"), "invalid_request");
    refused(raw(body() + "&scope=osmo-user&" + name + '='), "invalid_request");
  }

  @Test
  void json_is_refused_where_a_form_is_required() {
    Response answer = given().contentType(ContentType.JSON).body("{}").post(OAuth.TOKEN);

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.<String>path("error_description"))
        .contains("application/x-www-form-urlencoded");
    assertThat(answer.<String>path("error")).isEqualTo("invalid_request");
  }

  @ParameterizedTest
  @Tag("I1")
  @ValueSource(strings = {"subject_token", "actor_token", "token", "access_token", "other"})
  void a_token_in_the_address_is_refused_and_not_repeated(String parameter) {
    Response read = given().queryParam(parameter, pat.text()).get(OAuth.TOKEN);
    Response post = given().queryParam(parameter, pat.text()).post(OAuth.TOKEN);

    refused(read, "invalid_request");
    refused(post, "invalid_request");
    assertThat(read.asString() + post.asString()).doesNotContain(pat.text());
  }

  @Test
  void the_get_method_of_the_exchange_requires_a_token() {
    Response answer = given().get(OAuth.TOKEN);

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.<String>path("error")).isEqualTo("invalid_request");
  }

  @Test
  void without_a_body_the_token_is_read_from_the_header() {
    Response answer = withHeaders("Bearer " + pat.text());

    assertThat(Verifier.claims(answer).getSubject()).isEqualTo(pat.owner());
  }

  @Test
  @Tag("I9")
  void the_token_must_be_in_one_place_only() {
    String bearer = "Bearer " + pat.text();

    assertThat(withHeaders(bearer, bearer).statusCode()).isEqualTo(400);
    assertThat(withHeaders("Basic eDp5").statusCode()).isEqualTo(400);
    assertThat(Exchanges.exchange(given().header("Authorization", bearer), pat.text()).statusCode())
        .isEqualTo(400);
  }

  private static Response withHeaders(String... authorization) {
    List<Header> headers =
        Stream.of(authorization).map(value -> new Header("Authorization", value)).toList();
    return given().noContentType().headers(new Headers(headers)).post(Exchanges.PATH);
  }

  private String body() {
    return "grant_type=%s&subject_token=%s&subject_token_type=%s"
        .formatted(OAuth.GRANT_TYPE, pat.text(), OAuth.PAT);
  }

  private static Response raw(String body) {
    return given().contentType("application/x-www-form-urlencoded").body(body).post(OAuth.TOKEN);
  }

  private static String withoutDate(String token) {
    Response answer =
        given()
            .header("X-Request-Id", "the-same")
            .contentType(ContentType.URLENC)
            .formParams(OAuth.exchanging(token))
            .post(OAuth.TOKEN);
    List<Header> headers =
        answer.headers().asList().stream().filter(h -> !h.getName().equals("Date")).toList();
    return answer.statusLine() + headers + answer.asString();
  }

  private static JWTClaimsSet claims(Response answer, String audience) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    return Verifier.claims(
        answer.<String>path("access_token"), given().get("/api/auth/keys").asString(), audience);
  }

  private static void refused(Response answer, String error) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
    assertThat(answer.contentType()).startsWith("application/json");
    assertThat(answer.jsonPath().getMap("$"))
        .containsOnlyKeys("error", "error_description", "problem");
    assertThat(answer.<String>path("error")).isEqualTo(error);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }
}
