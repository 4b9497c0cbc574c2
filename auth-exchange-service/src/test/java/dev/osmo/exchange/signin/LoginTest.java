package dev.osmo.exchange.signin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.Script;
import dev.osmo.exchange.testing.ServiceSetup;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients read before they sign in. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class LoginTest {

  private static final String LOGIN = "/api/auth/login";

  @ConfigProperty(name = "auth-exchange.token-service-url")
  String tokenServiceUrl;

  @Test
  void the_browser_goes_to_the_provider_and_everything_else_to_us() {
    String provider = Script.of(tokenServiceUrl).base() + "/corp";

    Map<String, Object> login = given().get(LOGIN).jsonPath().getMap("$");

    assertThat(login)
        .containsEntry("browser_endpoint", provider + "/authorize")
        .containsEntry("browser_client_id", "corp-cli")
        .containsEntry("web_client_id", "corp-cli")
        .containsEntry("token_endpoint", ServiceSetup.ISSUER + "/oauth2/token")
        .containsEntry("device_endpoint", ServiceSetup.ISSUER + "/oauth2/device_authorization")
        .containsEntry("device_client_id", "corp-device")
        .containsEntry("logout_endpoint", provider + "/logout")
        .containsEntry("provider", "corp")
        .containsEntry("display_name", "Example Corp")
        .containsEntry("issuer", provider)
        .containsEntry("scope", "openid profile email offline_access")
        .containsEntry("methods", List.of("pkce", "code", "token"))
        .containsEntry("authorization_response_iss_parameter_supported", false)
        .hasSize(14);
    assertThat(given().get(LOGIN).jsonPath().getMap("providers[0]"))
        .isEqualTo(Map.of("name", "corp", "display_name", "Example Corp"));
  }

  @Test
  void another_provider_can_be_chosen_and_may_lack_the_device_flow() {
    Map<String, Object> login = given().get(LOGIN + "?provider=secret").jsonPath().getMap("$");

    assertThat(login)
        .containsEntry("provider", "secret")
        .containsEntry("browser_client_id", "secret-cli")
        .containsEntry("web_client_id", "secret-web")
        .containsEntry("device_endpoint", null)
        .containsEntry("device_client_id", null)
        .containsEntry("scope", "openid")
        .containsEntry("methods", List.of("pkce", "token"));
  }

  /** Such as those of Entra ID with a policy. */
  @Test
  void addresses_may_have_a_query_and_the_redirect_may_name_the_issuer() {
    String provider = Script.of(tokenServiceUrl).base() + "/query";

    assertThat(given().get(LOGIN + "?provider=query").jsonPath().getMap("$"))
        .containsEntry("browser_endpoint", provider + "/authorize?policy=a%20b")
        .containsEntry("authorization_response_iss_parameter_supported", true);
  }

  /** If they were ignored, the person would sign in at the default provider. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "?Provider=secret",
        "?x=1",
        "?provider=secret&x=1",
        "?provider=corp&provider=secret",
        "?x"
      })
  void other_parameters_are_refused(String query) {
    Response answer = given().get(LOGIN + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.<String>path("type")).isEqualTo("urn:osmo:problem:malformed-request");
  }

  @Test
  void an_unknown_provider_is_not_found() {
    for (String name : List.of("other", "CORP", "corp%0a")) {
      Response answer = given().urlEncodingEnabled(false).get(LOGIN + "?provider=" + name);
      assertThat(answer.statusCode()).as(name).isEqualTo(404);
      assertThat(answer.<String>path("type")).isEqualTo("urn:osmo:problem:provider-not-found");
    }
  }
}
