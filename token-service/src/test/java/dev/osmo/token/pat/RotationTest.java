package dev.osmo.token.pat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RotationTest {

  private static final String TOKENS = "/api/auth/access_token";
  private static final String LIVE =
      "SELECT id::text FROM access_token_secret WHERE token_id = ? AND revoked_at IS NULL AND (valid_until IS NULL OR valid_until > now()) ORDER BY valid_until NULLS LAST";

  @Test
  @Tag("I1")
  void a_rotation_changes_nothing_but_the_secret() {
    Person user = People.with("osmo-user", "osmo-ml-team");
    Api.as(user).post(TOKENS + "/ci").then().statusCode(200);
    var before = Api.as(user).get(TOKENS + "/ci").jsonPath();

    String text =
        Api.as(user)
            .post(TOKENS + "/ci/rotate")
            .then()
            .statusCode(200)
            .header("Cache-Control", "no-store")
            .body("token", matchesPattern("osmo_[0-9A-Za-z]{34}"))
            .body("id", equalTo(before.getString("id")))
            .body("token_name", equalTo("ci"))
            .extract()
            .path("token");

    var after = Api.as(user).get(TOKENS + "/ci");
    for (String same : List.of("id", "expires_at", "roles", "description", "created_at")) {
      assertThat(after.jsonPath().<Object>get(same)).isEqualTo(before.get(same));
    }
    assertThat(after.asString()).doesNotContain(text.substring(5, 33));
    assertThat(People.query("SELECT a::text FROM audit_event a WHERE action = 'token.rotated'"))
        .anyMatch(row -> row.contains(before.getString("id")))
        .noneMatch(row -> row.contains(text.substring(5, 33)));
  }

  @Test
  void the_old_secret_stays_valid_for_a_day_or_the_requested_grace() {
    Person user = People.with("osmo-user");

    assertThat(hoursLeftOfTheOldSecret(user, "by-default", "")).isEqualTo("24");
    assertThat(hoursLeftOfTheOldSecret(user, "longest", "?grace=168")).isEqualTo("168");
    assertThat(hoursLeftOfTheOldSecret(user, "iso", "?grace=PT2H")).isEqualTo("2");
  }

  @Test
  void without_grace_the_old_secret_expires_immediately() {
    Person user = People.with("osmo-user");
    Api.as(user).post(TOKENS + "/ci");
    String old = live(patId(user, "ci")).getFirst();

    Api.as(user).post(TOKENS + "/ci/rotate?grace=0").then().statusCode(200);

    assertThat(live(patId(user, "ci"))).hasSize(1).doesNotContain(old);
  }

  @Test
  void a_malformed_grace_or_one_above_a_week_is_refused() {
    Person user = People.with("osmo-user");
    Api.as(user).post(TOKENS + "/ci");

    for (String grace : List.of("169", "8d", "soon", "-1", "PT-1H", "")) {
      Api.as(user)
          .queryParam("grace", grace)
          .post(TOKENS + "/ci/rotate")
          .then()
          .statusCode(422)
          .body("message", containsString("grace"));
    }
    assertThat(live(patId(user, "ci"))).hasSize(1);
  }

  @Test
  void a_token_rotates_itself_and_has_at_most_two_valid_secrets() {
    Person user = People.with("osmo-user");

    for (int i = 0; i < 3; i++) {
      Jwt newest = loginWith(user, live(user.patId()).getLast());
      Api.as(newest).post(TOKENS + "/self/rotate").then().statusCode(200);
    }

    assertThat(live(user.patId())).hasSize(2);
  }

  @Test
  void the_older_secret_can_rotate_again_after_a_lost_answer() {
    Person user = People.with("osmo-user");
    String older = live(user.patId()).getFirst();
    Api.as(loginWith(user, older)).post(TOKENS + "/self/rotate").then().statusCode(200);
    String lost = live(user.patId()).getLast();

    Api.as(loginWith(user, older)).post(TOKENS + "/self/rotate").then().statusCode(200);

    assertThat(live(user.patId())).hasSize(2).contains(older).doesNotContain(lost);
  }

  @Test
  void the_older_secret_cannot_replace_a_newer_one_that_was_used() {
    Person user = People.with("osmo-user");
    String older = live(user.patId()).getFirst();
    Api.as(loginWith(user, older)).post(TOKENS + "/self/rotate").then().statusCode(200);
    String newer = live(user.patId()).getLast();
    People.execute(
        "UPDATE access_token_secret SET first_used_at = now() WHERE id = CAST(? AS uuid)", newer);

    Api.as(loginWith(user, older))
        .post(TOKENS + "/self/rotate")
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:osmo:problem:newer-secret-in-use"));
    Api.as(user).post(TOKENS + "/self/rotate").then().statusCode(409);

    assertThat(live(user.patId())).containsExactly(older, newer);
  }

  @Test
  @Tag("I3")
  void a_login_with_a_replaced_secret_is_refused() {
    Person user = People.with("osmo-user");
    String first = live(user.patId()).getFirst();
    Api.as(loginWith(user, first)).post(TOKENS + "/self/rotate").then().statusCode(200);
    String second = live(user.patId()).getLast();
    Api.as(loginWith(user, second)).post(TOKENS + "/self/rotate").then().statusCode(200);

    Api.as(loginWith(user, first)).get(TOKENS).then().statusCode(401);
    Api.as(loginWith(user, second)).get(TOKENS).then().statusCode(200);
  }

  @Test
  @Tag("I6")
  void a_downscoped_login_or_one_that_expires_earlier_cannot_rotate() {
    Person user = People.with(Instant.now().plus(5, ChronoUnit.DAYS), "osmo-user", "osmo-ml-team");
    Api.as(user).post(TOKENS + "/wide");
    Api.as(user).post(TOKENS + "/long");
    People.execute(
        "UPDATE access_token SET expires_at = now() + interval '6 days' WHERE id = ?",
        patId(user, "long"));

    for (String target : List.of("wide", "self")) {
      Api.as(user.loginWithOnly("osmo-user"))
          .post(TOKENS + "/" + target + "/rotate")
          .then()
          .statusCode(403)
          .body("type", equalTo("urn:osmo:problem:exceeds-login"));
    }
    Api.as(user).post(TOKENS + "/long/rotate").then().statusCode(403);
    assertThat(live(patId(user, "wide"))).hasSize(1);
    assertThat(live(patId(user, "long"))).hasSize(1);
  }

  @Test
  @Tag("I6")
  void a_token_renews_itself_only_until_the_allowed_date() {
    Person user = People.with("osmo-user");
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Instant allowed = now.plus(60, ChronoUnit.DAYS);
    Api.as(user)
        .queryParam("expires_in", "10d")
        .queryParam("renewable_until", allowed.toString())
        .post(TOKENS + "/sidecar")
        .then()
        .statusCode(200);
    Person sidecar = new Person(user.id(), patId(user, "sidecar"), user.roles());

    Api.as(sidecar).post(TOKENS + "/self/rotate?expires_in=50d").then().statusCode(200);
    Jwt renewed = loginWith(sidecar, live(sidecar.patId()).getLast());
    Api.as(renewed).post(TOKENS + "/self/rotate?expires_in=61d").then().statusCode(403);
    Api.as(user).post(TOKENS + "/login/rotate?expires_in=301d").then().statusCode(403);

    assertThat(
            People.query(
                "SELECT (expires_at > now() + interval '49 days' AND expires_at < now() + interval '51 days')::text FROM access_token WHERE id = ?",
                sidecar.patId()))
        .containsExactly("true");
  }

  @Test
  void the_renewal_limit_is_at_most_that_of_the_login() {
    Person user = People.with(Instant.now().plus(5, ChronoUnit.DAYS), "osmo-user");

    Api.as(user)
        .queryParam("expires_in", "2d")
        .queryParam("renewable_until", Instant.now().plus(6, ChronoUnit.DAYS).toString())
        .post(TOKENS + "/sidecar")
        .then()
        .statusCode(403);
  }

  @Test
  @Tag("I3")
  void an_expired_revoked_or_suspended_token_cannot_be_rotated() {
    Person user = People.with("osmo-user");
    for (String name : List.of("expired", "suspended", "revoked")) {
      Api.as(user).post(TOKENS + "/" + name).then().statusCode(200);
    }
    People.execute(
        "UPDATE access_token SET expires_at = now() WHERE id = ?", patId(user, "expired"));
    Api.as(user).post(TOKENS + "/suspended/suspend").then().statusCode(200);
    People.execute(
        "UPDATE access_token_secret SET revoked_at = now() WHERE token_id = ?",
        patId(user, "revoked"));

    for (String name : List.of("expired", "suspended", "revoked")) {
      Api.as(user)
          .post(TOKENS + "/" + name + "/rotate")
          .then()
          .statusCode(409)
          .body("type", equalTo("urn:osmo:problem:token-not-active"));
    }
  }

  @Test
  @Tag("I11")
  void only_administrators_rotate_for_others_and_only_up_to_their_own_expiry() {
    Person admin = People.with(Instant.now().plus(40, ChronoUnit.DAYS), "osmo-admin");
    Person user = People.with("osmo-ml-team");
    Api.as(user).queryParam("expires_in", "10d").post(TOKENS + "/theirs");
    String path = "/api/auth/user/" + user.id() + "/access_token/theirs/rotate";

    Api.as(People.with("osmo-user")).post(path).then().statusCode(403);
    Api.as(admin).post(path + "?expires_in=41d").then().statusCode(403);
    Api.as(admin).post(path + "?expires_in=39d").then().statusCode(200);
    Api.as(admin)
        .post("/api/auth/user/" + user.id() + "/access_token/login/rotate")
        .then()
        .statusCode(403);
    assertThat(
            People.query(
                "SELECT actor || ' ' || via_pat_id FROM audit_event WHERE action = 'token.rotated' AND pat_id = ?",
                patId(user, "theirs")))
        .containsExactly(admin.id() + " " + admin.patId());
  }

  @Test
  @Tag("I7")
  void a_rotation_that_cannot_be_audited_is_rolled_back() {
    Person user = People.with("osmo-user");
    People.execute(
        "CREATE OR REPLACE FUNCTION fail_rotation_audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW.action = ''token.rotated'' AND NEW.user_id = TG_ARGV[0] THEN RAISE EXCEPTION ''injected''; END IF; RETURN NEW; END'");
    People.execute(
        "CREATE TRIGGER zz_inject BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION fail_rotation_audit('"
            + user.id()
            + "')");
    try {
      Api.as(user).post(TOKENS + "/login/rotate").then().statusCode(500);
    } finally {
      People.execute("DROP TRIGGER zz_inject ON audit_event");
    }

    assertThat(
            People.query(
                "SELECT count(*) || ' ' || count(valid_until) FROM access_token_secret WHERE token_id = ?",
                user.patId()))
        .containsExactly("1 0");
  }

  private static String hoursLeftOfTheOldSecret(Person user, String name, String query) {
    Api.as(user).post(TOKENS + "/" + name);
    Api.as(user).post(TOKENS + "/" + name + "/rotate" + query).then().statusCode(200);
    return People.query(
            "SELECT round(extract(epoch FROM valid_until - now()) / 3600)::text FROM access_token_secret WHERE token_id = ? AND valid_until IS NOT NULL",
            patId(user, name))
        .getFirst();
  }

  /** The newest secret is the last. */
  private static List<String> live(String patId) {
    return People.query(LIVE, patId);
  }

  private static Jwt loginWith(Person user, String secretId) {
    return user.login().claim("osmo_secret_id", secretId);
  }

  private static String patId(Person user, String name) {
    return People.query(
            "SELECT id FROM access_token WHERE user_id = ? AND name = ?", user.id(), name)
        .getFirst();
  }
}
