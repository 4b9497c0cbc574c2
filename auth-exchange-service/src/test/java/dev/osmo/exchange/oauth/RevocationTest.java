package dev.osmo.exchange.oauth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.People;
import dev.osmo.testkit.contracts.Contracts;
import dev.osmo.testkit.contracts.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Revocation (RFC 7009). */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class RevocationTest {

  /** The query with which token-service checks each login. */
  private static final String LIVE_SECRETS =
      "SELECT id::text FROM access_token_secret WHERE token_id = ? AND revoked_at IS NULL";

  private static final String AUDIT =
      "SELECT actor || ' ' || action || ' ' || user_id || ' ' || (details ->> 'reason')"
          + " FROM audit_event WHERE action = 'secret.revoked' AND pat_id = ?";

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  private People people;
  private IssuedPat pat;

  @BeforeEach
  void somebody() {
    people = new People(databaseUrl);
    pat = people.pat(people.person("osmo-user"));
  }

  @Test
  @Tag("I3")
  void a_revoked_token_cannot_be_exchanged_although_it_was_verified_before() {
    Exchanges.exchange(pat).then().statusCode(200);

    Response answer = OAuth.revoke(pat.text());

    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    assertThat(answer.asString()).isEmpty();
    assertThat(Exchanges.exchange(pat).<String>path("type"))
        .isEqualTo("urn:osmo:problem:token-revoked");
    assertThat(OAuth.exchange(pat).<String>path("error")).isEqualTo("invalid_grant");
    assertThat(people.query(LIVE_SECRETS, pat.id())).isEmpty();
  }

  /** Some clients send the credential that they use for introspection here, too. */
  @Test
  void a_revocation_does_not_depend_on_a_client_credential() {
    Response answer =
        given()
            .auth()
            .preemptive()
            .basic("client", "secret")
            .formParam("token", pat.text())
            .post(OAuth.REVOKE);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Exchanges.exchange(pat).statusCode()).isEqualTo(401);
  }

  @Test
  @Tag("I7")
  void a_revocation_has_one_audit_row() {
    OAuth.revoke(pat.text());
    OAuth.revoke(pat.text());

    assertThat(people.query(AUDIT, pat.id()))
        .containsExactly(
            "osmo_auth_exchange secret.revoked %s presented at /oauth2/revoke"
                .formatted(pat.owner()));
  }

  @Test
  void the_other_secret_of_a_rotated_token_stays_valid() {
    IssuedPat newer = people.rotate(pat);

    OAuth.revoke(pat.text());

    assertThat(Exchanges.exchange(pat).statusCode()).isEqualTo(401);
    assertThat(Exchanges.exchange(newer).statusCode()).isEqualTo(200);
  }

  @Test
  void a_secret_under_an_older_pepper_can_be_revoked() {
    people.asSuperuser(
        "UPDATE access_token_secret SET pepper_id = 'p2', lookup = decode(?, 'hex') WHERE token_id = ?",
        Contracts.tokenVectors().at("/tokens/4/lookup/p2").asText(),
        pat.id());

    OAuth.revoke(Contracts.tokenVectors().at("/tokens/4/text").asText());

    assertThat(people.query(LIVE_SECRETS, pat.id())).isEmpty();
  }

  @Test
  void a_token_is_found_within_the_given_text() {
    assertThat(OAuth.revoke("export OSMO_TOKEN='" + pat.text() + "'\n").statusCode())
        .isEqualTo(200);

    Exchanges.exchange(pat).then().statusCode(401);
  }

  @Test
  void a_text_with_several_tokens_is_refused_and_revokes_none() {
    IssuedPat other = people.pat(people.person("osmo-user"));

    assertThat(OAuth.revoke(pat.text() + " " + other.text()).statusCode()).isEqualTo(400);

    Exchanges.exchange(pat).then().statusCode(200);
  }

  @Test
  @Tag("I11")
  void an_unknown_or_malformed_token_is_answered_like_a_revoked_one() {
    assertThat(OAuth.revoke(TestTokens.random()).statusCode()).isEqualTo(200);
    assertThat(OAuth.revoke("osmo_nonsense").statusCode()).isEqualTo(200);
    assertThat(OAuth.revoke(pat.id()).statusCode()).isEqualTo(200);
    assertThat(Exchanges.exchange(pat).statusCode()).isEqualTo(200);
  }

  @Test
  void a_token_type_hint_is_optional_and_a_wrong_one_is_ignored() {
    Response answer =
        OAuth.post(OAuth.REVOKE, Map.of("token", pat.text(), "token_type_hint", "refresh_token"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Exchanges.exchange(pat).statusCode()).isEqualTo(401);
  }

  @Test
  void a_jwt_cannot_be_revoked() {
    Response answer = OAuth.revoke(OAuth.jwt(pat));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.<String>path("error")).isEqualTo("unsupported_token_type");
    assertThat(Exchanges.exchange(pat).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @Tag("I9")
  @ValueSource(strings = {"", "tocken"})
  void revocation_requires_a_token(String name) {
    Response answer = OAuth.post(OAuth.REVOKE, Map.of("a" + name, pat.text(), "token", ""));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.<String>path("error")).isEqualTo("invalid_request");
  }
}
