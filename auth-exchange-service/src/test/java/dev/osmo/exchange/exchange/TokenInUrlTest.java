package dev.osmo.exchange.exchange;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.OptInSettings;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.Verifier;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The route of OSMO's clients up to 6.1, when the operator allows it. */
@QuarkusTest
@TestProfile(OptInSettings.class)
@QuarkusTestResource(ExchangeStack.class)
class TokenInUrlTest {

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  @Test
  void a_token_in_the_url_is_exchanged_and_the_response_is_marked_as_deprecated() {
    People people = new People(databaseUrl);
    IssuedPat pat = people.pat(people.person("osmo-user"));

    Response answer = given().queryParam("access_token", pat.text()).get(Exchanges.PATH);

    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    assertThat(Verifier.claims(answer).getSubject()).isEqualTo(pat.owner());
    assertThat(answer.header("Deprecation")).matches("@[0-9]{10}");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(Exchanges.exchange(pat).header("Deprecation")).isNull();
  }

  @Test
  void the_token_is_in_no_log_whatever_the_response() {
    People people = new People(databaseUrl);
    IssuedPat pat = people.pat(people.person("osmo-user"));
    List<String> logged = new CopyOnWriteArrayList<>();
    Handler handler = recorder(logged);
    Logger.getLogger("").addHandler(handler);
    try {
      given().queryParam("access_token", pat.text()).get(Exchanges.PATH);
      given().queryParam("access_token", pat.text() + "x").get(Exchanges.PATH);
      given().queryParam("access_token", pat.text()).queryParam("x", "y").get(Exchanges.PATH);
      given().queryParam("access_token", pat.text()).get(Exchanges.PATH + "/more");
    } finally {
      Logger.getLogger("").removeHandler(handler);
    }

    assertThat(logged).noneMatch(line -> line.contains(pat.text()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?access_token=a&access_token=b", "?access_token=a&x=y", "?token=a"})
  void any_other_query_is_refused(String query) {
    given().get(Exchanges.PATH + query).then().statusCode(400);
  }

  @Test
  void an_unknown_token_gets_the_response_of_the_other_route() {
    given().get(Exchanges.PATH + "?access_token=nonsense").then().statusCode(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/auth/keys", "/api/auth/jwt/access_token/", "/oauth2/token"})
  void a_token_in_any_other_url_is_refused(String path) {
    given()
        .queryParam("access_token", "osmo_" + "0".repeat(28) + "2duGrq")
        .get(path)
        .then()
        .statusCode(400);
  }

  private static Handler recorder(List<String> logged) {
    return new Handler() {
      @Override
      public void publish(LogRecord entry) {
        logged.add(entry.getMessage() + " " + List.of(parameters(entry)) + entry.getThrown());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  private static Object[] parameters(LogRecord entry) {
    return entry.getParameters() == null ? new Object[0] : entry.getParameters().clone();
  }
}
