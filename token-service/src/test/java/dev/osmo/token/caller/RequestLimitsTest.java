package dev.osmo.token.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.http.RecordedResponse;
import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Request;
import dev.osmo.token.testing.StoppableRefill;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The limits on requests of one user and on invalid JWTs of one address. */
@QuarkusTest
@Tag("I10")
class RequestLimitsTest {

  private static final String FORWARDED = "X-Forwarded-For";

  @Inject StoppableRefill refill;

  @ConfigProperty(name = "token-service.limits.changes-per-minute")
  int changes;

  @ConfigProperty(name = "token-service.limits.failures-per-minute")
  int failures;

  @AfterEach
  void resume_the_refill() {
    refill.resume();
  }

  @Test
  void a_user_with_too_many_changes_is_told_when_to_retry_and_can_still_read() {
    Person user = People.with("osmo-user");
    Person other = People.with("osmo-user");

    RecordedResponse last = firstRefusal(() -> change(user), 2 * changes);

    assertThat(last.body()).contains("urn:osmo:problem:too-many-requests");
    assertThat(last.header("Retry-After")).isPresent();
    assertThat(Request.of("GET", "/api/profile/settings").as(user).send().status()).isEqualTo(200);
    assertThat(change(other).status()).isEqualTo(200);
  }

  /** A valid JWT behind the same address is accepted. */
  @Test
  void an_address_with_too_many_invalid_jwts_is_told_when_to_retry() {
    Person user = People.with("osmo-user");
    String text = user.login().text();
    String forged = text.substring(0, text.length() - 5) + "AAAAA".replace('A', 'Q');

    RecordedResponse last = firstRefusal(() -> read(forged, "203.0.113.177"), 2 * failures);

    assertThat(last.header("Retry-After")).isPresent();
    assertThat(read(text, "203.0.113.177").status()).isEqualTo(200);
    assertThat(read(forged, "203.0.113.178").status()).isEqualTo(401);
  }

  private interface Call {
    RecordedResponse send();
  }

  /**
   * The first response with status 429. The service's fetch of keys completes on the common pool,
   * which the parallel calls occupy, so the keys are there before the first call.
   */
  private RecordedResponse firstRefusal(Call call, int atMost) {
    Api.waitForKeys();
    refill.stop();
    return IntStream.range(0, atMost)
        .parallel()
        .mapToObj(i -> call.send())
        .peek(response -> assertThat(response.status()).isIn(200, 401, 429, 503))
        .filter(response -> response.status() == 429)
        .findAny()
        .orElseThrow(() -> new AssertionError("no limit"));
  }

  private static RecordedResponse change(Person person) {
    return Request.of("POST", "/api/profile/settings").as(person).json("{}").send();
  }

  /** The address is that of no trusted proxy, so what stands before it is not believed. */
  private static RecordedResponse read(String jwt, String address) {
    return Request.of("GET", "/api/configs/policy")
        .bearer(jwt)
        .header(FORWARDED, "198.51.100.7, " + address)
        .send();
  }
}
