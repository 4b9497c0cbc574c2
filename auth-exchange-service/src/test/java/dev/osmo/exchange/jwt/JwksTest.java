package dev.osmo.exchange.jwt;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.People;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class JwksTest {

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  @ParameterizedTest
  @ValueSource(strings = {"/api/auth/keys", "/.well-known/jwks.json"})
  void the_public_keys_may_be_cached_briefly(String path) throws Exception {
    Response answer = given().get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.contentType()).startsWith("application/json");
    assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=60");
    JWK key = JWKSet.parse(answer.asString()).getKeys().getFirst();
    assertThat(key.isPrivate()).isFalse();
    assertThat(key.getKeyID()).isEqualTo(key.computeThumbprint().toString());
    assertThat(key.getAlgorithm()).hasToString("ES256");
  }

  @Test
  void a_client_that_has_the_keys_gets_304() {
    String version = given().get("/api/auth/keys").header("ETag");

    Response answer = given().header("If-None-Match", version).get("/api/auth/keys");

    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.asString()).isEmpty();
    assertThat(answer.header("ETag")).isEqualTo(version);
  }

  @Test
  void the_private_part_is_not_readable_in_the_database() {
    People people = new People(databaseUrl);

    assertThat(people.query("SELECT public_jwk ? 'd' FROM signing_key".replace("?", "??")))
        .containsExactly("f");
    // A PKCS #8 key contains these bytes: version 0, then the identifiers of an EC key on P-256.
    assertThat(people.query("SELECT encode(private_key, 'hex') FROM signing_key").getFirst())
        .doesNotContain("020100301306072a8648ce3d020106082a8648ce3d030107");
  }
}
