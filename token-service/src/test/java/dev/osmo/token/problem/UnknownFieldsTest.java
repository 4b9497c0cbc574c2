package dev.osmo.token.problem;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every route that reads a body refuses unknown fields. */
@QuarkusTest
class UnknownFieldsTest {

  private final Person admin = People.administrator();

  @ParameterizedTest
  @CsvSource({
    "POST, /api/auth/user",
    "POST, /api/auth/user/x/roles",
    "POST, /api/auth/roles/osmo-user/users",
    "POST, /api/auth/user/x/revoke_tokens",
    "PUT, /api/configs/role/osmo-user",
    "PUT, /api/configs/role",
    "DELETE, /api/configs/role/no-such-role",
    "POST, /api/profile/settings",
    "POST, /api/auth/leaked"
  })
  void an_unknown_field_is_refused(String method, String address) {
    Method verb = Method.valueOf(method);

    Api.as(admin)
        .contentType("application/json")
        .body("{\"surprise\": 1}")
        .request(verb, address)
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:osmo:problem:malformed-request"))
        .body("message", allOf(containsString("surprise"), containsString("Supported fields")))
        .body("error_code", equalTo("USER"));
    Api.as(admin)
        .contentType("text/plain")
        .body("{}")
        .request(verb, address)
        .then()
        .statusCode(415)
        .body("type", equalTo("urn:osmo:problem:unsupported-media-type"));
    Api.as(admin)
        .contentType("application/json")
        .body("[")
        .request(verb, address)
        .then()
        .statusCode(400);
  }
}
