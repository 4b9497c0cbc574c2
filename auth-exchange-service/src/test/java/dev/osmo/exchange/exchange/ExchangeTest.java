package dev.osmo.exchange.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.Verifier;
import dev.osmo.testkit.contracts.Contracts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A valid access token, and the JWT that its holder gets for it. */
@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class ExchangeTest {

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String databaseUrl;

  private People people;

  @BeforeEach
  void people() {
    people = new People(databaseUrl);
  }

  @Test
  void a_token_is_exchanged_for_a_jwt_that_another_library_accepts() throws Exception {
    IssuedPat pat = people.pat(people.person("osmo-user", "osmo-ml-team"));

    Response answer = Exchanges.exchange(pat);

    JWTClaimsSet claims = Verifier.claims(answer);
    assertThat(claims.getSubject()).isEqualTo(pat.owner());
    assertThat(claims.getStringListClaim("roles")).containsExactly("osmo-ml-team", "osmo-user");
    assertThat(claims.getStringClaim("unique_name")).isEqualTo(pat.owner());
    assertThat(claims.getStringClaim("name")).isEqualTo(pat.owner());
    assertThat(claims.getStringClaim("osmo_token_name")).isEqualTo(pat.name());
    assertThat(claims.getStringClaim("pat_id")).isEqualTo(pat.id());
    assertThat(claims.getStringClaim("client_id")).isEqualTo(pat.id());
    assertThat(claims.getNotBeforeTime()).isEqualTo(claims.getIssueTime());
    assertThat(lifetimeSeconds(claims)).isEqualTo(300);
    assertThat(answer.jsonPath().getLong("expires_at"))
        .isEqualTo(claims.getExpirationTime().toInstant().getEpochSecond());
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("X-Request-Id")).isNotBlank();
  }

  @Test
  void the_jwt_has_the_header_and_the_claims_of_the_contract() throws Exception {
    IssuedPat pat = people.pat(people.person("osmo-user"));

    String jwt = Exchanges.exchange(pat).path("token");

    JsonNode contract = Contracts.json("jwt.json");
    JWSObject parsed = JWSObject.parse(jwt);
    assertThat(parsed.getHeader().toJSONObject()).containsOnlyKeys(names(contract.get("header")));
    assertThat(parsed.getPayload().toJSONObject()).containsOnlyKeys(names(contract.get("claims")));
    assertThat(parsed.getPayload().toJSONObject().get("aud")).isEqualTo("osmo");
  }

  @Test
  void each_jwt_has_its_own_id() {
    IssuedPat pat = people.pat(people.person("osmo-user"));

    String first = Verifier.claims(Exchanges.exchange(pat)).getJWTID();
    String second = Verifier.claims(Exchanges.exchange(pat)).getJWTID();

    assertThat(first).isNotEqualTo(second);
  }

  @Test
  @Tag("I2")
  void iat_is_the_database_time_of_a_read_after_the_request_was_sent() {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    Instant before = databaseTime();

    JWTClaimsSet claims = Verifier.claims(Exchanges.exchange(pat));

    assertThat(claims.getIssueTime().toInstant()).isBetween(before.minusSeconds(1), databaseTime());
  }

  @Test
  @Tag("I3")
  void a_jwt_never_expires_after_its_access_token() {
    IssuedPat pat = people.pat(people.person("osmo-user"), "90 seconds");

    JWTClaimsSet claims = Verifier.claims(Exchanges.exchange(pat));

    String expiry =
        people
            .query(
                "SELECT floor(extract(epoch FROM expires_at))::bigint FROM access_token WHERE id = ?",
                pat.id())
            .getFirst();
    assertThat(claims.getExpirationTime().toInstant().getEpochSecond())
        .isEqualTo(Long.parseLong(expiry));
  }

  @Test
  @Tag("I3")
  void a_jwt_never_expires_after_the_grace_of_a_rotated_secret() {
    IssuedPat old = people.pat(people.person("osmo-user"));
    people.asSuperuser(
        "UPDATE access_token_secret SET valid_until = now() + interval '60 seconds' WHERE token_id = ?",
        old.id());
    IssuedPat rotated = people.rotate(old);

    JWTClaimsSet byOld = Verifier.claims(Exchanges.exchange(old));
    JWTClaimsSet byNew = Verifier.claims(Exchanges.exchange(rotated));

    assertThat(lifetimeSeconds(byOld)).isBetween(1L, 60L);
    assertThat(lifetimeSeconds(byNew)).isEqualTo(300);
  }

  @Test
  @Tag("I6")
  void an_access_token_never_gains_a_role_assigned_to_its_owner_later() {
    String owner = people.person("osmo-user");
    IssuedPat pat = people.pat(owner);
    people.grant(owner, "osmo-admin");

    assertThat(Verifier.roles(Exchanges.exchange(pat))).containsExactly("osmo-user");
  }

  @Test
  void a_secret_under_an_older_pepper_is_still_found() {
    IssuedPat pat = people.pat(people.person("osmo-user"), "1 hour", vector());
    people.asSuperuser(
        "UPDATE access_token_secret SET pepper_id = 'p2', lookup = decode(?, 'hex') WHERE token_id = ?",
        Contracts.tokenVectors().at("/tokens/3/lookup/p2").asText(),
        pat.id());

    assertThat(Exchanges.exchange(pat).statusCode()).isEqualTo(200);
  }

  @Test
  void too_many_roles_for_a_jwt_are_refused_with_advice() {
    String owner = people.person();
    for (int i = 0; i < 120; i++) {
      people.grant(owner, "a-role-with-a-name-that-is-as-long-as-they-get-on-average-" + (i + 100));
    }
    IssuedPat pat = people.pat(owner);

    Response answer = Exchanges.exchange(pat);

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.<String>path("type")).isEqualTo("urn:osmo:problem:too-many-roles");
    assertThat(answer.<String>path("message")).contains("downscoping");
  }

  private Instant databaseTime() {
    return Instant.parse(
        people
            .query(
                "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
            .getFirst());
  }

  private static String vector() {
    return Contracts.tokenVectors().at("/tokens/3/text").asText();
  }

  private static long lifetimeSeconds(JWTClaimsSet claims) {
    return Duration.between(
            claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant())
        .toSeconds();
  }

  private static String[] names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names.toArray(String[]::new);
  }
}
