package dev.osmo.token.pat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.Pages;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.People.Statement;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TokenSearchTest {

  private static final String TOKENS = "/api/auth/access_token";
  private static final String ALL = "/api/auth/tokens";

  private static @Nullable Person settled;

  private final Person admin = People.administrator();
  private Person user = People.with();

  /** Created once for all tests that only read. */
  @BeforeEach
  void somebody_with_tokens_in_every_state() {
    if (settled == null) {
      settled = arrange();
    }
    user = settled;
  }

  private Person arrange() {
    user = People.with("osmo-user");
    for (String name : List.of("active", "expired", "suspended", "revoked")) {
      Api.as(user).post(TOKENS + "/" + name).then().statusCode(200);
    }
    Api.as(user).post(TOKENS + "/suspended/suspend").then().statusCode(200);
    change("expired", "expires_at = '2020-01-01'");
    change("suspended", "created_at = '2021-06-01'");
    People.execute(
        "UPDATE access_token_secret SET revoked_at = now() WHERE token_id = (SELECT id FROM access_token WHERE user_id = ? AND name = 'revoked')",
        user.id());
    use("active", "2022-03-01");
    return user;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "state=expired                                | expired",
        "state=suspended                              | suspended",
        "state=Revoked                                | revoked",
        "state=active                                 | active,login",
        "state=expired&state=revoked                  | expired,revoked",
        "expires_before=2020-01-02                    | expired",
        "expires_before=2020-01-01                    |",
        "expires_after=2020-01-01&expires_before=2020-01-01T00:00:01Z | expired",
        "created_before=2021-06-02                    | suspended",
        "created_before=2021-06-01                    |",
        "created_after=2021-06-01&created_before=2022-01-01 | suspended",
        "last_used_after=2022-03-01                   | active",
        "last_used_before=2022-03-02                  | active",
        "last_used_before=2022-03-01                  |",
        "unused_for=30d                               | active,suspended",
        "unused_for=30d&state=active                  | active",
        "unused_for=P99999D                           |"
      })
  void a_list_contains_only_what_the_filters_match(String query, String names) {
    List<String> expected = names == null ? List.of() : List.of(names.split(","));

    Api.as(user)
        .get(TOKENS + "?" + query)
        .then()
        .statusCode(200)
        .body("token_name", equalTo(expected));
    Api.as(admin)
        .get("/api/auth/user/" + user.id() + "/access_token?" + query)
        .then()
        .statusCode(200)
        .body("token_name", equalTo(expected));
    Api.as(admin)
        .get(ALL + "?owner=" + user.id() + "&" + query)
        .then()
        .statusCode(200)
        .body("token_name", equalTo(expected));
  }

  /** The SQL statement and the Java rule must agree on the state. */
  @ParameterizedTest
  @ValueSource(strings = {"Active", "Expired", "Suspended", "Revoked"})
  void the_state_filter_matches_the_state_that_is_shown(String state) {
    user = arrange();
    for (String both : List.of("expires_at = '2020-01-01'", "suspended_at = now()")) {
      Api.as(user).post(TOKENS + "/more" + both.length()).then().statusCode(200);
      change("more" + both.length(), both);
    }
    change("revoked", "suspended_at = now(), expires_at = '2020-01-01'");

    List<String> asked = Api.as(user).get(TOKENS + "?state=" + state).path("token_name");
    List<String> shown =
        Api.as(user).get(TOKENS).path("findAll { it.state == '" + state + "' }.token_name");

    assertThat(asked).isNotEmpty().isEqualTo(shown);
  }

  @Test
  void the_pages_contain_every_token_once() {
    assertThat(Pages.walk(user, TOKENS + "?limit=2", "token_name"))
        .containsExactly(
            List.of("active", "expired"), List.of("login", "revoked"), List.of("suspended"));
  }

  @Test
  void the_last_page_and_a_list_without_a_limit_have_no_link() {
    assertThat(Pages.nextOf(Api.as(user).get(TOKENS + "?limit=5"))).isEmpty();
    assertThat(Pages.nextOf(Api.as(user).get(TOKENS))).isEmpty();
  }

  @Test
  void the_link_repeats_the_filters_unchanged() {
    String created = "created_after=2021-01-01T00%3A00%3A00%2B00%3A00";

    assertThat(
            Pages.nextOf(
                Api.as(user).urlEncodingEnabled(false).get(TOKENS + "?" + created + "&limit=1")))
        .hasValueSatisfying(
            next -> assertThat(next).startsWith(TOKENS + "?" + created + "&limit=1&cursor="));
  }

  @Test
  void tokens_created_or_deleted_between_pages_shift_nothing() {
    user = arrange();
    String next = Pages.nextOf(Api.as(user).get(TOKENS + "?limit=2")).orElseThrow();
    Api.as(user).delete(TOKENS + "/active").then().statusCode(200);
    Api.as(user).post(TOKENS + "/aaa").then().statusCode(200);

    Api.as(user).get(next).then().body("token_name", contains("login", "revoked"));
  }

  @Test
  void the_tokens_of_all_users_are_ordered_by_owner_and_name_in_pages() {
    Person other = People.with("osmo-user");
    List<String> all = new ArrayList<>();
    Pages.walk(
            admin, ALL + "?owner=" + user.id() + "&owner=" + other.id() + "&limit=3", "user_name")
        .forEach(all::addAll);

    assertThat(all).hasSize(6).isSorted().contains(other.id());
    Api.as(admin)
        .get(ALL)
        .then()
        .statusCode(200)
        .body("size()", equalTo(100))
        .header("Link", containsString("cursor="));
  }

  @Test
  @Tag("I11")
  void only_administrators_list_the_tokens_of_all_users() {
    Api.as(user).get(ALL).then().statusCode(403);
    Api.as(user).get(ALL + "?owner=" + user.id()).then().statusCode(403);
  }

  @Test
  @Tag("I11")
  void a_cursor_gives_no_access_to_tokens_of_another_user() {
    Person other = People.with("osmo-user");
    String cursor =
        Pages.nextOf(Api.as(user).get(TOKENS + "?limit=1"))
            .orElseThrow()
            .replaceFirst(".*cursor=", "");

    List<String> owners = Api.as(other).get(TOKENS + "?cursor=" + cursor).path("user_name");

    assertThat(owners).allMatch(other.id()::equals);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "state=dead                  | state",
        "limit=0                     | limit",
        "limit=1001                  | limit",
        "limit=ten                   | limit",
        "limit=                      | limit",
        "state=                      | state",
        "cursor=eA                   | cursor",
        "cursor=!!                   | cursor",
        "created_after=2026-02-30    | created_after",
        "created_before=yesterday    | created_before",
        "expires_after=0000-01-01    | expires_after",
        "expires_before=%2B99999-01-01T00:00:00Z | expires_before",
        "last_used_after=2026-13-01  | last_used_after",
        "unused_for=-1d              | unused_for",
        "unused_for=P999999999D      | unused_for"
      })
  void an_unreadable_parameter_is_refused_by_name(String query, String parameter) {
    Api.as(user)
        .urlEncodingEnabled(false)
        .get(TOKENS + "?" + query)
        .then()
        .statusCode(422)
        .body("type", equalTo("urn:osmo:problem:invalid-field"))
        .body("message", containsString(parameter));
  }

  @Test
  void an_unknown_owner_filter_matches_nothing_and_an_unknown_user_is_not_found() {
    Api.as(admin).get(ALL + "?owner=nobody").then().statusCode(200).body("", empty());
    Api.as(admin).get("/api/auth/user/nobody/access_token?limit=1").then().statusCode(404);
    Api.as(admin)
        .urlEncodingEnabled(false)
        .get(ALL + "?owner=%00")
        .then()
        .statusCode(422)
        .body("message", containsString("character"));
    Api.as(user).get(TOKENS + "?limit=1").then().body("", hasSize(1));
  }

  private void change(String name, String assignment) {
    People.inOneTransaction(
        Statement.of("SET LOCAL session_replication_role = replica"),
        Statement.of(
            "UPDATE access_token SET " + assignment + " WHERE user_id = ? AND name = ?",
            user.id(),
            name));
  }

  private void use(String name, String date) {
    People.execute(
        "INSERT INTO access_token_use (token_id, last_used_at) SELECT id, CAST(? AS timestamptz) FROM access_token WHERE user_id = ? AND name = ?",
        date,
        user.id(),
        name);
  }
}
