package dev.osmo.exchange.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.waiting.Patience;
import io.restassured.response.Response;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two running replicas follow what an operator's commands and others write about signing keys. */
class KeyCommandsIT {

  private static final Map<String, String> SHORT_POLL =
      Map.of(
          "auth-exchange.keys.poll", "PT0.3S",
          "auth-exchange.keys.stale-after", "PT5S",
          "auth-exchange.limits.exchanges-per-minute", "100000");

  private static MigratedPostgres postgres;
  private static People people;
  private static ServiceSetup setup;
  private static List<ServiceProcess> replicas;
  private static List<String> keysAtStart;
  private static IssuedPat pat;

  @BeforeAll
  static void start() {
    postgres = MigratedPostgres.start();
    people = new People(postgres.reactiveUrl());
    setup = ServiceSetup.on(postgres);
    replicas =
        List.of(
            ServiceProcess.launch(setup.with(SHORT_POLL)),
            ServiceProcess.launch(setup.with(SHORT_POLL)));
    replicas.forEach(ServiceProcess::awaitReady);
    keysAtStart = replicas.stream().map(KeyCommandsIT::keys).toList();
    pat = people.pat(people.person("osmo-user"));
  }

  @AfterAll
  static void stop() {
    replicas.forEach(ServiceProcess::close);
    postgres.close();
  }

  @Test
  @Tag("I12")
  void replicas_that_start_together_agree_on_one_key() {
    assertThat(keysAtStart.getFirst()).containsOnlyOnce("\"kid\"");
    assertThat(keysAtStart.getLast()).isEqualTo(keysAtStart.getFirst());
  }

  @Test
  void a_rotated_key_is_published_then_signs_and_the_former_key_is_withdrawn_last() {
    String before = kidInUse(replicas.getFirst());

    try (ServiceProcess command = ServiceProcess.launch(setup.settings(), "rotate-keys")) {
      assertThat(command.exitCode()).isZero();
      assertThat(command.output()).contains("is published and will sign from");
    }

    String next = kid("pending");
    try (ServiceProcess command = ServiceProcess.launch(setup.settings(), "rotate-keys")) {
      assertThat(command.exitCode()).isZero();
      assertThat(command.output()).contains(next);
    }
    assertThat(people.query("SELECT kid FROM signing_key WHERE state = 'pending'"))
        .containsExactly(next);
    replicas.forEach(replica -> eventually().until(() -> keys(replica).contains(next)));
    replicas.forEach(replica -> assertThat(kidInUse(replica)).isEqualTo(before));

    people.asSuperuser(
        "UPDATE signing_key SET created_at = now() - interval '1 day' WHERE kid = ?", next);
    replicas.forEach(replica -> eventually().until(() -> kidInUse(replica).equals(next)));
    replicas.forEach(replica -> assertThat(keys(replica)).contains(before));
    assertThat(events(next))
        .containsExactly("signing-key.pending rotate-keys", "signing-key.active pending");
    assertThat(events(before)).endsWith("signing-key.retiring active");

    // As if a replica with a longer JWT lifetime had signed with this key.
    people.asSuperuser(
        "UPDATE signing_key SET retired_at = now() - interval '1 day', afterlife = '2 days' WHERE kid = ?",
        before);
    try (ServiceProcess command = ServiceProcess.launch(setup.settings(), "rotate-keys")) {
      assertThat(command.exitCode()).isZero();
    }
    replicas.forEach(replica -> eventually().until(() -> keys(replica).contains(kid("pending"))));
    replicas.forEach(replica -> assertThat(keys(replica)).contains(before));

    people.asSuperuser(
        "UPDATE signing_key SET retired_at = now() - interval '3 days' WHERE kid = ?", before);
    replicas.forEach(replica -> eventually().until(() -> !keys(replica).contains(before)));
    assertThat(privatePart(before)).isEmpty();
    assertThat(events(before)).endsWith("signing-key.gone retiring");
  }

  @Test
  @Tag("I9")
  void every_replica_drops_a_revoked_key_and_signs_with_another() {
    String revoked = kidInUse(replicas.getFirst());

    revoke(setup, revoked, "The key %s signs.");

    replicas.forEach(replica -> eventually().until(() -> !keys(replica).contains(revoked)));
    replicas.forEach(replica -> assertThat(kidInUse(replica)).isEqualTo(kid("active")));
    assertThat(privatePart(revoked)).isEmpty();
    assertThat(events(revoked)).endsWith("signing-key.revoked active revoke-key");
    assertThat(events(kid("active"))).last().asString().startsWith("signing-key.active");
  }

  private static List<String> events(String kid) {
    return people.query(
        "SELECT concat_ws(' ', action, details ->> 'from', details ->> 'command') FROM audit_event"
            + " WHERE details ->> 'kid' = ? ORDER BY id",
        kid);
  }

  @Test
  void an_unknown_key_or_command_is_refused() {
    try (ServiceProcess command =
        ServiceProcess.launch(setup.settings(), "revoke-key", "no-such-key")) {
      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.output()).contains("There is no signing key no-such-key.");
    }
    try (ServiceProcess command = ServiceProcess.launch(setup.settings(), "dance")) {
      assertThat(command.exitCode()).isEqualTo(2);
      assertThat(command.output())
          .contains("does not accept these arguments", "rotate-keys", "revoke-key KID");
    }
  }

  @Test
  @Tag("I9")
  void rotate_keys_with_another_key_file_is_refused() {
    List<String> before = people.query("SELECT kid FROM signing_key ORDER BY kid");
    ServiceSetup another = ServiceSetup.on(postgres);

    try (ServiceProcess command = ServiceProcess.launch(another.settings(), "rotate-keys")) {
      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.output())
          .contains("No key was created: there is no active key in the database");
    }

    assertThat(people.query("SELECT kid FROM signing_key ORDER BY kid")).isEqualTo(before);
  }

  @Test
  @Tag("I9")
  void a_key_that_was_not_made_with_the_key_file_is_neither_published_nor_used() throws Exception {
    ECKey forged = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    insertForeignKey(forged.getKeyID(), forged.toPublicJWK().toJSONString(), "retiring");
    try {
      replicas.forEach(
          replica ->
              eventually()
                  .until(
                      () ->
                          replica
                              .output()
                              .contains(
                                  "neither published nor used; either this replica has the wrong key file, or revoke them: kids=["
                                      + forged.getKeyID())));

      replicas.forEach(replica -> assertThat(keys(replica)).doesNotContain(forged.getKeyID()));
      replicas.forEach(replica -> assertThat(kidInUse(replica)).isNotEqualTo(forged.getKeyID()));
    } finally {
      people.asSuperuser("DELETE FROM signing_key WHERE kid = ?", forged.getKeyID());
    }
  }

  @Test
  @Tag("I9")
  void a_revoked_key_is_replaced_despite_malformed_rows_in_the_database() {
    String revoked = kidInUse(replicas.getFirst());
    String jwt = issuedJwt(replicas.getFirst());
    insertForeignKey("not-an-object", "[]", "retiring");
    insertForeignKey("of-odd-members", "{\"kty\":5}", "retiring");
    insertForeignKey("infinite", "{}", "retiring");
    people.as(
        MigratedPostgres.AUTH_EXCHANGE,
        "UPDATE signing_key SET afterlife = 'infinity' WHERE kid = 'infinite'");
    try {
      revoke(setup, revoked, "The key %s signs.");

      replicas.forEach(replica -> eventually().until(() -> !keys(replica).contains(revoked)));
      replicas.forEach(replica -> assertThat(isActive(replica, jwt)).isFalse());
      replicas.forEach(replica -> assertThat(kidInUse(replica)).isEqualTo(kid("active")));
      replicas.forEach(replica -> eventually().until(() -> replica.health("ready") == 200));
    } finally {
      people.asSuperuser("DELETE FROM signing_key WHERE length(kid) < 20");
    }
  }

  @Test
  @Tag("I9")
  void a_revoked_key_is_refused_even_while_a_foreign_key_blocks_its_replacement() {
    people.asSuperuser("UPDATE signing_key SET state = 'gone' WHERE state = 'pending'");
    String revoked = kidInUse(replicas.getFirst());
    String jwt = issuedJwt(replicas.getFirst());
    insertForeignKey("in-the-way", "{}", "pending");
    try {
      revoke(setup, revoked, "The key in-the-way replaces it");

      for (ServiceProcess replica : replicas) {
        eventually().until(() -> !keys(replica).contains(revoked));
        assertThat(replica.client().get("/api/auth/keys").statusCode()).isEqualTo(200);
        assertThat(isActive(replica, jwt)).isFalse();
        Response refused = exchange(replica);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.<String>path("type")).isEqualTo("urn:osmo:problem:no-signing-key");
        assertThat(refused.header("Retry-After")).isNotBlank();
        assertThat(replica.health("ready")).isEqualTo(503);
      }

      // A replica may have created the next key meanwhile, which then is the one that signs.
      revoke(setup, "in-the-way", "is revoked.");

      replicas.forEach(replica -> eventually().until(() -> exchange(replica).statusCode() == 200));
      replicas.forEach(replica -> eventually().until(() -> replica.health("ready") == 200));
    } finally {
      people.asSuperuser("DELETE FROM signing_key WHERE kid = 'in-the-way'");
    }
  }

  @Test
  @Tag("I9")
  void the_replicas_replace_the_only_key_if_it_was_revoked_with_another_key_file() {
    String revoked = kidInUse(replicas.getFirst());
    people.asSuperuser("UPDATE signing_key SET state = 'gone' WHERE kid <> ?", revoked);

    revoke(ServiceSetup.on(postgres), revoked, "is revoked.");

    replicas.forEach(replica -> eventually().until(() -> !keys(replica).contains(revoked)));
    replicas.forEach(replica -> eventually().until(() -> exchange(replica).statusCode() == 200));
    replicas.forEach(replica -> assertThat(kidInUse(replica)).isEqualTo(kid("active")));
  }

  @Test
  @Tag("I9")
  void a_replica_signs_only_while_it_can_read_the_keys() {
    people.asSuperuser("REVOKE SELECT ON signing_key FROM osmo_auth_exchange");
    try {
      eventually().until(() -> exchange(replicas.getFirst()).statusCode() == 503);
      assertThat(keys(replicas.getFirst())).contains("\"kid\"");
    } finally {
      people.asSuperuser("GRANT SELECT ON signing_key TO osmo_auth_exchange");
    }
    eventually().until(() -> exchange(replicas.getFirst()).statusCode() == 200);
  }

  private static void insertForeignKey(String kid, String publicJwk, String state) {
    people.as(
        MigratedPostgres.AUTH_EXCHANGE,
        "INSERT INTO signing_key (kid, algorithm, public_jwk, private_key, state)"
            + " VALUES (?, 'ES256', ?::jsonb, '\\x00', ?)",
        kid,
        publicJwk,
        state);
  }

  private static void revoke(ServiceSetup with, String kid, String consequence) {
    try (ServiceProcess command = ServiceProcess.launch(with.settings(), "revoke-key", kid)) {
      assertThat(command.exitCode()).as(command.output()).isZero();
      String next =
          people.query("SELECT kid FROM signing_key WHERE state = 'active'").stream()
              .findFirst()
              .orElse("");
      assertThat(command.output())
          .contains("The signing key %s is revoked.".formatted(kid))
          .contains(consequence.formatted(next));
    }
  }

  private static boolean isActive(ServiceProcess replica, String jwt) {
    return replica
        .client()
        .header("Authorization", "Bearer " + pat.text())
        .formParam("token", jwt)
        .post(OAuth.INTROSPECT)
        .path("active");
  }

  private static Response exchange(ServiceProcess replica) {
    return Exchanges.exchange(replica.client(), pat.text());
  }

  /** Of a JWT that the replica issues now. On a slow machine it may have to read the keys first. */
  private static String kidInUse(ServiceProcess replica) {
    try {
      return SignedJWT.parse(issuedJwt(replica)).getHeader().getKeyID();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private static String issuedJwt(ServiceProcess replica) {
    return eventually()
        .until(() -> exchange(replica), answer -> answer.statusCode() == 200)
        .path("token");
  }

  private static String keys(ServiceProcess replica) {
    return replica.client().get("/api/auth/keys").asString();
  }

  private static String kid(String state) {
    return people.query("SELECT kid FROM signing_key WHERE state = ?", state).getFirst();
  }

  private static String privatePart(String kid) {
    return people
        .query("SELECT encode(private_key, 'hex') FROM signing_key WHERE kid = ?", kid)
        .getFirst();
  }

  private static ConditionFactory eventually() {
    return await().atMost(Patience.LONG);
  }
}
