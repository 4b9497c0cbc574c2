package dev.osmo.token.caller;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.nullValue;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ExpiryWarningTest {

  private static final String HEADER = "x-osmo-warning";

  @Test
  void a_token_that_expires_within_a_week_causes_a_warning_that_clients_print() {
    Instant midnight = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(7));
    Person user = People.with(midnight, "osmo-user");

    String warning = Api.as(user).get("/api/auth/access_token").header(HEADER);

    assertThat(decoded(warning))
        .isEqualTo(
            "WARNING: Access token login is expiring on "
                + midnight.toString().substring(0, 10)
                + " at 12AM UTC.");
  }

  @Test
  void the_warning_gives_the_exact_expiry_also_in_a_refusal() {
    Instant afternoon =
        Instant.now()
            .truncatedTo(ChronoUnit.DAYS)
            .plus(Duration.ofDays(3).plusMinutes(14 * 60 + 30));
    Person user = People.with(afternoon, "osmo-user");

    String warning =
        Api.as(user).get("/api/auth/user").then().statusCode(403).extract().header(HEADER);

    assertThat(decoded(warning)).endsWith(" at 14:30 UTC.");
  }

  @Test
  void a_later_expiry_or_a_missing_login_causes_no_warning() {
    Person user = People.with(Instant.now().plus(Duration.ofDays(8)), "osmo-user");

    Api.as(user).get("/api/auth/access_token").then().statusCode(200).header(HEADER, nullValue());
    given().get("/api/version").then().statusCode(200).header(HEADER, nullValue());
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
