package dev.osmo.token.testing;

import static io.restassured.RestAssured.given;

import dev.osmo.testkit.waiting.Patience;
import dev.osmo.token.testing.People.Person;
import io.restassured.specification.RequestSpecification;
import org.awaitility.Awaitility;

/** Requests to the service with a login. */
public final class Api {

  private static volatile boolean keysKnown;

  private Api() {}

  public static RequestSpecification as(Person person) {
    return as(person.login());
  }

  public static RequestSpecification as(Jwt jwt) {
    return withBearer(jwt.text());
  }

  public static RequestSpecification withBearer(String text) {
    waitForKeys();
    return given().header("Authorization", "Bearer " + text);
  }

  /** Waits until the service has fetched the keys of the exchange, which is down at first. */
  public static void waitForKeys() {
    if (keysKnown) {
      return;
    }
    Stage.current().exchange().comeUp();
    String probe = Jwt.of("nobody", "pat_0000000000000000000000", java.util.List.of()).text();
    Awaitility.await()
        .atMost(Patience.LONG)
        .until(
            () ->
                given()
                        .header("Authorization", "Bearer " + probe)
                        .get("/api/profile/settings")
                        .statusCode()
                    == 401);
    keysKnown = true;
  }
}
