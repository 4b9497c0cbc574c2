package dev.osmo.token.pat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.Pages;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Users with many expired tokens. */
@QuarkusTest
class ManyTokensTest {

  private static final String TOKENS = "/api/auth/access_token";
  private static final String EXPIRED_TOKENS =
      """
      INSERT INTO access_token (id, user_id, name, expires_at, created_by)
      SELECT 'pat_' || left(md5(? || n), 22), ?, 'dead' || n, now() - interval '1 day', 'test'
        FROM generate_series(1, ?) n
      """;

  @Test
  void a_list_without_a_limit_has_1000_tokens_and_the_link_to_the_others() {
    Person user = People.with("osmo-user");
    People.execute(EXPIRED_TOKENS, user.id(), user.id(), 1_200);

    Response first = Api.as(user).get(TOKENS);

    first.then().statusCode(200).body("", hasSize(1000));
    assertThat(Pages.nextOf(first)).isPresent();
    assertThat(Pages.walk(user, TOKENS, "token_name").stream().flatMap(List::stream))
        .hasSize(1_201)
        .doesNotHaveDuplicates();
  }

  @Test
  void a_user_with_1000_expired_tokens_gets_no_more_until_one_is_deleted() {
    Person user = People.with("osmo-user");
    People.execute(EXPIRED_TOKENS, user.id(), user.id(), 999);

    Api.as(user)
        .post(TOKENS + "/one-more")
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:osmo:problem:too-many-tokens"))
        .body(
            "message",
            equalTo(
                "User "
                    + user.id()
                    + " has 1000 tokens, including expired and revoked ones, and the limit is 1000. Delete a token that is not needed."));

    Api.as(user).delete(TOKENS + "/dead1").then().statusCode(200);
    Api.as(user).post(TOKENS + "/one-more").then().statusCode(200);
  }
}
