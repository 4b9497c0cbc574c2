package dev.osmo.exchange.oauth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.ServiceSetup;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Discovery (RFC 8414 and OpenID Connect). */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class MetadataTest {

  private static final String AUTHORIZATION_SERVER = "/.well-known/oauth-authorization-server";
  private static final String OPEN_ID = "/.well-known/openid-configuration";
  private static final String JWKS = "/.well-known/jwks.json";

  private static final Map<String, Object> PROMISED =
      Map.ofEntries(
          Map.entry("issuer", ServiceSetup.ISSUER),
          Map.entry("token_endpoint", ServiceSetup.ISSUER + OAuth.TOKEN),
          Map.entry("introspection_endpoint", ServiceSetup.ISSUER + OAuth.INTROSPECT),
          Map.entry("revocation_endpoint", ServiceSetup.ISSUER + OAuth.REVOKE),
          Map.entry("jwks_uri", ServiceSetup.ISSUER + JWKS),
          Map.entry(
              "device_authorization_endpoint", ServiceSetup.ISSUER + OAuth.DEVICE_AUTHORIZATION),
          Map.entry(
              "grant_types_supported",
              List.of(
                  OAuth.GRANT_TYPE,
                  "urn:ietf:params:oauth:grant-type:device_code",
                  "refresh_token")),
          Map.entry("response_types_supported", List.of("none")),
          Map.entry("token_endpoint_auth_methods_supported", List.of("none")),
          Map.entry(
              "introspection_endpoint_auth_methods_supported",
              List.of("Bearer", "client_secret_basic")),
          Map.entry("revocation_endpoint_auth_methods_supported", List.of("none")));

  @Test
  void the_metadata_lists_exactly_what_the_server_supports() {
    assertThat(given().get(AUTHORIZATION_SERVER).jsonPath().getMap("$")).isEqualTo(PROMISED);
  }

  @Test
  void openid_discovery_has_the_same_content_and_the_fields_that_openid_requires() {
    Map<String, Object> openId = given().get(OPEN_ID).jsonPath().getMap("$");

    assertThat(openId)
        .containsAllEntriesOf(PROMISED)
        .containsEntry("subject_types_supported", List.of("public"))
        .containsEntry("id_token_signing_alg_values_supported", List.of("ES256"))
        .hasSize(PROMISED.size() + 2);
  }

  @Test
  void every_address_in_the_metadata_answers() {
    assertThat(given().get(JWKS).statusCode()).isEqualTo(200);
    for (String path : List.of(OAuth.TOKEN, OAuth.REVOKE, OAuth.DEVICE_AUTHORIZATION)) {
      assertThat(OAuth.post(path, Map.of()).statusCode()).as(path).isEqualTo(400);
    }
    assertThat(OAuth.post(OAuth.INTROSPECT, Map.of()).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {AUTHORIZATION_SERVER, OPEN_ID, JWKS, "/api/auth/keys"})
  void a_document_may_be_cached_for_a_minute_and_is_revalidated(String path) {
    Response first = given().get(path);

    Response again = given().header("If-None-Match", first.header("ETag")).get(path);
    Response other = given().header("If-None-Match", "\"another\"").get(path);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.contentType()).startsWith("application/json");
    assertThat(first.header("Cache-Control")).isEqualTo("public, max-age=60");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.asString()).isEmpty();
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(other.asString()).isEqualTo(first.asString());
  }

  @ParameterizedTest
  @ValueSource(strings = {AUTHORIZATION_SERVER, OPEN_ID, JWKS, "/api/auth/keys"})
  void a_script_of_any_web_page_may_read_a_public_document(String path) {
    String version = given().get(path).header("ETag");

    for (Response answer :
        List.of(
            page().get(path),
            page().head(path),
            page().header("If-None-Match", version).get(path))) {
      assertThat(answer.statusCode()).isIn(200, 304);
      assertThat(crossOrigin(answer)).isEqualTo(Map.of("Access-Control-Allow-Origin", "*"));
    }
    Response preflight = page().header("Access-Control-Request-Method", "GET").options(path);
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(crossOrigin(preflight))
        .isEqualTo(
            Map.of(
                "Access-Control-Allow-Origin", "*",
                "Access-Control-Allow-Methods", "GET, HEAD",
                "Access-Control-Allow-Headers", "*",
                "Access-Control-Max-Age", "86400"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OAuth.TOKEN,
        OAuth.INTROSPECT,
        OAuth.REVOKE,
        "/api/auth/jwt/access_token",
        "/api/auth/login",
        "/nothing"
      })
  void no_other_address_is_open_to_scripts(String path) {
    for (Response answer :
        List.of(
            page().get(path),
            page().post(path),
            page().header("Access-Control-Request-Method", "POST").options(path))) {
      assertThat(crossOrigin(answer)).isEmpty();
    }
  }

  private static RequestSpecification page() {
    return given().header("Origin", "https://page.example.com");
  }

  private static Map<String, String> crossOrigin(Response answer) {
    return answer.headers().asList().stream()
        .filter(header -> header.getName().startsWith("Access-Control-"))
        .collect(Collectors.toMap(Header::getName, Header::getValue));
  }
}
