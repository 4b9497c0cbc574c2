package dev.osmo.exchange.pat.verification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.People;
import dev.osmo.testkit.contracts.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class InvalidTokensTest {

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  @Inject Argon2Pool argon2;

  @Test
  @Tag("I10")
  void invalid_tokens_never_cause_an_argon2_run() {
    long before = argon2.runs();

    for (int i = 0; i < 100; i++) {
      Exchanges.exchange(from(i), TestTokens.random()).then().statusCode(401);
      Exchanges.exchange(from(i), "junk-" + i).then().statusCode(401);
    }

    assertThat(argon2.runs()).isEqualTo(before);
  }

  @Test
  @Tag("I10")
  void a_valid_token_causes_one_argon2_run_however_often_it_is_exchanged() {
    People people = new People(databaseUrl);
    IssuedPat pat = people.pat(people.person("osmo-user"));
    long before = argon2.runs();

    for (int i = 0; i < 5; i++) {
      Exchanges.exchange(pat).then().statusCode(200);
    }

    assertThat(argon2.runs()).isEqualTo(before + 1);
  }

  /** Each request comes from its own address, so that no limit refuses it. */
  private static RequestSpecification from(int client) {
    return given().header("X-Forwarded-For", "198.51.100." + client);
  }
}
