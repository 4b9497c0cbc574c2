package dev.osmo.token.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.http.RecordedResponse;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Request;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** The header of OSMO's clients up to 6.1, when the operator allows it. */
@QuarkusTest
class LegacyHeaderTest {

  private static final String HEADER = "x-osmo-auth";

  private final Person person = People.with("osmo-user");
  private final String jwt = person.login().text();

  @Test
  void a_jwt_in_the_header_is_accepted_and_the_response_is_marked_as_deprecated() {
    RecordedResponse response = read().header(HEADER, jwt).send();

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).contains(person.id());
    assertThat(response.header("Deprecation"))
        .hasValueSatisfying(since -> assertThat(since).matches("@[0-9]{10}"));
    assertThat(read().bearer(jwt).send().header("Deprecation")).isEmpty();
  }

  @Test
  void a_jwt_that_is_not_valid_is_refused_as_in_the_other_header() {
    RecordedResponse response = read().header(HEADER, jwt + "x").send();

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.body()).contains("urn:osmo:problem:unauthenticated");
  }

  @Test
  void authorization_decides_if_both_headers_are_sent() {
    Request both = read().header(HEADER, jwt);

    assertThat(both.bearer("invalid").send().status()).isEqualTo(401);
    assertThat(both.header("Authorization", "").send().status()).isEqualTo(401);
    assertThat(read().header(HEADER, "invalid").bearer(jwt).send().status()).isEqualTo(200);
  }

  @Test
  void an_access_token_in_the_header_must_be_exchanged_first() {
    RecordedResponse response = read().header(HEADER, "osmo_" + "x".repeat(34)).send();

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.body()).contains("xchange");
  }

  private static Request read() {
    return Request.of("GET", "/api/profile/settings");
  }
}
