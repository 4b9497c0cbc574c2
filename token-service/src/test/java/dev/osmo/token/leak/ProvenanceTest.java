package dev.osmo.token.leak;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.osmo.token.testing.Api;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A report revokes what was made with the leaked secret, however the thief hides it, and nothing
 * that was made with another one.
 */
@QuarkusTest
@Tag("I3")
class ProvenanceTest {

  private static final String TOKENS = "/api/auth/access_token";
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  /** A JWT that was exchanged for one secret of a token. */
  private record Login(Person person, String secretId) {

    RequestSpecification api() {
      return Api.as(person.login().claim("osmo_secret_id", secretId));
    }

    void isRefused() {
      api().get(TOKENS).then().statusCode(401);
    }

    void isAccepted() {
      api().get(TOKENS).then().statusCode(200);
    }
  }

  private Person admin;
  private Person user;
  private String stolen;
  private Login thief;

  @BeforeEach
  void a_stolen_token_of_an_administrator_and_a_user() {
    admin = People.administrator();
    user = People.with("osmo-user");
    stolen = create(admin, "stolen");
    thief = newest(admin, "stolen");
  }

  @Test
  void a_sibling_that_the_thief_rotated_loses_the_new_secret_and_keeps_the_old_one() {
    create(admin, "sibling");
    Login old = newest(admin, "sibling");
    old.api().post(TOKENS + "/earlier").then().statusCode(200);
    thief.api().post(TOKENS + "/sibling/rotate").then().statusCode(200);
    Login planted = newest(admin, "sibling");
    planted.api().post(TOKENS + "/planted").then().statusCode(200);
    planted.isAccepted();

    report();

    planted.isRefused();
    stateIs(admin, "planted", "Revoked");
    old.isAccepted();
    stateIs(admin, "sibling", "Active");
    stateIs(admin, "earlier", "Active");
  }

  @Test
  void another_users_token_that_the_thief_rotated_loses_the_new_secret() {
    create(user, "ci");
    Login old = newest(user, "ci");
    thief
        .api()
        .post("/api/auth/user/" + user.id() + "/access_token/ci/rotate")
        .then()
        .statusCode(200);
    Login planted = newest(user, "ci");
    planted.isAccepted();

    report();

    planted.isRefused();
    old.isAccepted();
    assertThat(
            People.query(
                "SELECT details->>'secret_id' FROM audit_event WHERE user_id = ? AND action = 'secret.revoked'",
                user.id()))
        .containsExactly(planted.secretId());
  }

  @Test
  void a_rotation_without_grace_leaves_the_token_revoked() {
    create(admin, "sibling");
    thief.api().post(TOKENS + "/sibling/rotate?grace=0").then().statusCode(200);

    report();

    stateIs(admin, "sibling", "Revoked");
  }

  @Test
  void the_child_of_a_leaked_token_that_the_thief_deleted_is_revoked() {
    thief.api().post(TOKENS + "/child").then().statusCode(200);
    Login child = newest(admin, "child");
    thief.api().delete(TOKENS + "/self").then().statusCode(200);
    child.isAccepted();

    report();

    child.isRefused();
    stateIs(admin, "child", "Revoked");
  }

  @Test
  void what_was_made_before_the_owner_deleted_the_leaked_token_is_revoked() {
    create(admin, "sibling");
    thief.api().post(TOKENS + "/sibling/rotate").then().statusCode(200);
    Login planted = newest(admin, "sibling");
    Api.as(admin).delete(TOKENS + "/stolen").then().statusCode(200);

    report();

    planted.isRefused();
  }

  @Test
  void the_thiefs_new_secret_is_revoked_although_the_owner_revoked_the_old_one_before() {
    thief.api().post(TOKENS + "/self/rotate").then().statusCode(200);
    Login planted = newest(admin, "stolen");
    People.query(
        "SELECT revoke_secret(lookup, 'presented') FROM access_token_secret WHERE id = ?::uuid",
        thief.secretId());
    thief.isRefused();
    planted.isAccepted();

    report();

    planted.isRefused();
    stateIs(admin, "stolen", "Revoked");
  }

  @Test
  void a_chain_of_rotations_and_deletions_across_owners_is_followed() {
    create(user, "ci");
    thief.api().post("/api/auth/user/" + user.id() + "/access_token/ci/rotate");
    Login planted = newest(user, "ci");
    planted.api().post(TOKENS + "/between").then().statusCode(200);
    Login between = newest(user, "between");
    between.api().post(TOKENS + "/self/rotate?grace=0").then().statusCode(200);
    Login rotated = newest(user, "between");
    create(user, "other");
    rotated.api().post(TOKENS + "/other/rotate").then().statusCode(200);
    Login last = newest(user, "other");
    Api.as(user).delete(TOKENS + "/between").then().statusCode(200);
    Api.as(user).delete(TOKENS + "/ci").then().statusCode(200);
    last.isAccepted();

    report();

    last.isRefused();
    stateIs(user, "other", "Active");
  }

  @Test
  void a_repeated_report_changes_nothing_more() {
    create(admin, "sibling");
    thief.api().post(TOKENS + "/sibling/rotate").then().statusCode(200);

    report();
    report();

    assertThat(
            People.query(
                "SELECT action FROM audit_event WHERE user_id = ? AND action LIKE '%.revoked' ORDER BY 1",
                admin.id()))
        .containsExactly("secret.revoked", "token.revoked");
  }

  @Test
  void a_deleted_secret_is_reportable_for_the_longest_grace() {
    thief.api().post(TOKENS + "/child").then().statusCode(200);
    Api.as(admin).delete(TOKENS + "/stolen").then().statusCode(200);
    deletedBefore("168 hours 1 minute");

    report();
    stateIs(admin, "child", "Active");

    deletedBefore("167 hours 59 minutes");
    report();
    stateIs(admin, "child", "Revoked");
  }

  /** Nothing refers to the purged secret any more, and the link to the leaked one remains. */
  @Test
  void the_purge_of_deleted_secrets_keeps_the_links_between_the_others() {
    create(admin, "sibling");
    thief.api().post(TOKENS + "/sibling/rotate?grace=0").then().statusCode(200);
    Login planted = newest(admin, "sibling");
    create(admin, "second");
    planted.api().post(TOKENS + "/second/rotate").then().statusCode(200);
    Login last = newest(admin, "second");
    Api.as(admin).delete(TOKENS + "/sibling").then().statusCode(200);
    deletedBefore("169 hours");
    People.query("SELECT forget_deleted_secrets(1000)");
    assertThat(People.query("SELECT id FROM deleted_secret WHERE id = ?::uuid", planted.secretId()))
        .isEmpty();

    report();

    last.isRefused();
  }

  private void report() {
    given()
        .header("X-Forwarded-For", "198.51.102." + ADDRESSES.incrementAndGet())
        .contentType("application/json")
        .body(Map.of("tokens", List.of(stolen)))
        .post("/api/auth/leaked")
        .then()
        .statusCode(202);
  }

  private void deletedBefore(String age) {
    People.execute(
        "UPDATE deleted_secret SET deleted_at = now() - CAST(? AS interval) WHERE token_id IN (SELECT pat_id FROM audit_event WHERE user_id = ?)",
        age,
        admin.id());
  }

  private static String create(Person owner, String name) {
    return Api.as(owner)
        .post(TOKENS + "/" + name)
        .then()
        .statusCode(200)
        .extract()
        .as(String.class);
  }

  private static Login newest(Person owner, String name) {
    String patId = Api.as(owner).get(TOKENS + "/" + name).path("id");
    String secretId =
        People.query(
                "SELECT id FROM access_token_secret WHERE token_id = ? ORDER BY created_at DESC LIMIT 1",
                patId)
            .getFirst();
    return new Login(new Person(owner.id(), patId, owner.roles()), secretId);
  }

  private static void stateIs(Person owner, String name, String state) {
    Api.as(owner).get(TOKENS + "/" + name).then().body("state", equalTo(state));
  }
}
