package dev.osmo.exchange.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.MigratedPostgres;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.ServiceProcess;
import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.exchange.testing.Tunnel;
import dev.osmo.exchange.testing.Verifier;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Starts, restarts and refused starts of the packaged service. */
class StartIT {

  private static final String TRACEPARENT =
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private static MigratedPostgres postgres;
  private static People people;
  private ServiceSetup setup;

  @BeforeAll
  static void startDatabase() {
    postgres = MigratedPostgres.start();
    people = new People(postgres.reactiveUrl());
  }

  @AfterAll
  static void stopDatabase() {
    postgres.close();
  }

  @BeforeEach
  void withoutKeys() {
    people.asSuperuser("DELETE FROM signing_key");
    setup = ServiceSetup.on(postgres);
  }

  @Test
  @Tag("I12")
  void replicas_that_start_at_once_agree_on_one_key_and_a_restart_keeps_it_and_its_jwts() {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    String jwt;
    String keys;
    try (ServiceProcess one = ServiceProcess.launch(setup, Map.of());
        ServiceProcess two = ServiceProcess.launch(setup, Map.of())) {
      keys = keys(one.awaitReady());
      assertThat(keys(two.awaitReady())).isEqualTo(keys);
      assertThat(people.look("SELECT kid FROM signing_key")).hasSize(1);
      jwt = Exchanges.exchange(one.client(), pat.text()).path("token");
    }

    try (ServiceProcess again = ServiceProcess.start(setup)) {
      assertThat(keys(again)).isEqualTo(keys);
      assertThat(Verifier.claims(jwt, keys(again)).getSubject()).isEqualTo(pat.owner());
    }
  }

  @Test
  @Tag("I1")
  void the_log_of_an_exchange_names_the_token_by_its_id_only() {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    try (ServiceProcess service =
        ServiceProcess.launch(setup, Map.of("quarkus.log.level", "DEBUG")).awaitReady()) {
      Response answer = Exchanges.exchange(service.client(), pat.text());
      service.client().queryParam("access_token", pat.text()).get(Exchanges.PATH);
      Exchanges.exchange(service.client(), pat.text() + "x");
      Exchanges.exchange(service.client().header("X-Request-Id", pat.text()), pat.text());
      String jwt = answer.path("token");
      service.client().formParams(OAuth.exchanging(pat.text())).post(OAuth.TOKEN);
      service.client().queryParams(OAuth.exchanging(pat.text())).post(OAuth.TOKEN);
      service
          .client()
          .header("Authorization", "Bearer " + pat.text())
          .formParam("token", jwt)
          .post(OAuth.INTROSPECT);
      service.client().get("/api/auth/" + pat.text());
      service.client().formParam("token", pat.text()).post(OAuth.REVOKE);
      for (String malformed : List.of("{\"token\":%s}", "%s", "{\"%s\":1}")) {
        service
            .client()
            .contentType(ContentType.JSON)
            .body(malformed.formatted(pat.text()))
            .post(Exchanges.PATH)
            .then()
            .statusCode(400);
      }

      assertThat(service.output())
          .contains("pat_id=" + pat.id())
          .doesNotContain(pat.text())
          .doesNotContain(jwt);
    }
  }

  @Test
  void a_log_in_json_says_of_each_mint_which_token_whose_and_which_jwt() throws IOException {
    IssuedPat pat = people.pat(people.person("osmo-user"));
    try (ServiceProcess service =
        ServiceProcess.launch(setup, Map.of("quarkus.log.console.json.enabled", "true"))
            .awaitReady()) {
      String jwt =
          Exchanges.exchange(service.client().header("traceparent", TRACEPARENT), pat.text())
              .path("token");
      String jti = Verifier.claims(jwt, keys(service)).getJWTID();

      String line =
          service.output().lines().filter(text -> text.contains(jti)).findFirst().orElseThrow();
      JsonNode entry = new ObjectMapper().readTree(line);
      assertThat(entry.get("message").asText())
          .startsWith(
              "exchange outcome=issued pat_id=%s sub=%s jti=%s kid="
                  .formatted(pat.id(), pat.owner(), jti));
      assertThat(entry.at("/mdc/outcome").asText()).isEqualTo("issued");
      assertThat(entry.at("/mdc/pat_id").asText()).isEqualTo(pat.id());
      assertThat(entry.at("/mdc/jti").asText()).isEqualTo(jti);
      assertThat(keys(service)).contains("\"" + entry.at("/mdc/kid").asText() + "\"");
      assertThat(entry.at("/mdc/request_id").asText()).isNotEmpty();
      assertThat(TRACEPARENT).contains("-" + entry.at("/mdc/trace_id").asText() + "-");
      assertThat(service.output()).doesNotContain(pat.text()).doesNotContain(jwt);
    }
  }

  @Test
  @Tag("I2")
  void a_removed_role_is_gone_from_the_next_jwt_of_a_replica_that_never_listens_nor_prunes() {
    IssuedPat pat = people.pat(people.person("osmo-user", "osmo-ml-team"));
    try (ServiceProcess service =
        ServiceProcess.launch(
                setup,
                Map.of("auth-exchange.prune.listen", "false", "auth-exchange.prune.every", "PT1H"))
            .awaitReady()) {
      people.remove(pat.owner(), "osmo-ml-team");

      String jwt = Exchanges.exchange(service.client(), pat.text()).path("token");

      assertThat(Verifier.claims(jwt, keys(service)).getClaim("roles"))
          .isEqualTo(List.of("osmo-user"));
      assertThat(people.look("SELECT 1 FROM access_token_role WHERE token_id = ?", pat.id()))
          .hasSize(2);
    }
  }

  @Test
  @Tag("I9")
  void another_key_file_ends_the_start() throws IOException {
    ServiceProcess.start(setup).close();
    Files.writeString(setup.keyFile(), ServiceSetup.newKey());

    refused(
        Map.of(),
        "the key file %s does not open the signing key in the database, which was made under another."
            .formatted(setup.keyFile()));

    // The way on, as the operator's page has it.
    String kid = people.look("SELECT kid FROM signing_key").getFirst();
    try (ServiceProcess command = ServiceProcess.command(setup, "revoke-key", kid)) {
      assertThat(command.exitCode()).as(command.output()).isZero();
      assertThat(command.output()).contains("A replica makes the next one");
    }
    assertThat(people.look("SELECT kid FROM signing_key WHERE state <> 'gone'")).isEmpty();
    try (ServiceProcess service = ServiceProcess.start(setup)) {
      assertThat(keys(service)).contains("\"kid\"").doesNotContain(kid);
    }
  }

  @Test
  @Tag("I9")
  void a_pepper_file_without_a_pepper_that_live_tokens_need_ends_the_start() throws IOException {
    people.pat(people.person("osmo-user"));
    Files.write(
        setup.pepperFile(), List.of("* other AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));

    refused(
        Map.of(),
        "the pepper file %s lacks the pepper 'p1' that live tokens need."
            .formatted(setup.pepperFile()));
  }

  @Test
  void an_older_schema_ends_the_start() {
    people.asSuperuser(
        "UPDATE flyway_schema_history SET success = false WHERE version::integer > 8");
    try {
      refused(
          Map.of(),
          "the database's schema is at version 8 and version 16 is needed; run the migrations first.");
    } finally {
      people.asSuperuser("UPDATE flyway_schema_history SET success = true");
    }
  }

  @Test
  void a_database_that_is_not_there_ends_the_start() {
    refused(
        Map.of(
            "quarkus.datasource.reactive.url",
            "postgresql://127.0.0.1:1/osmo",
            "auth-exchange.database.patience",
            "PT0S"),
        "the database does not answer:");
  }

  @Test
  void a_database_that_comes_while_the_service_starts_is_waited_for() {
    try (Tunnel network = new Tunnel(postgres.port())) {
      network.cut();
      try (ServiceProcess service =
          ServiceProcess.launch(ServiceSetup.on(network.reactiveUrl()), Map.of())) {
        await().atMost(Duration.ofSeconds(60)).until(() -> network.refused() > 0);

        network.open();

        assertThat(keys(service.awaitReady())).contains("\"kid\"");
      }
    }
  }

  @Test
  @Tag("I9")
  void a_setting_that_makes_no_sense_ends_the_start_before_anything_is_made_of_it() {
    refused(
        Map.of("auth-exchange.verification.threads", "0"),
        "auth-exchange.verification.threads is 0 and must be at least 1.");
  }

  @Test
  void a_missing_setting_ends_the_start() {
    try (ServiceProcess service =
        ServiceProcess.launch(setup, Map.of("auth-exchange.issuer", ""))) {
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.output()).contains("auth-exchange.issuer");
    }
  }

  private void refused(Map<String, String> settings, String sentence) {
    try (ServiceProcess service = ServiceProcess.launch(setup, settings)) {
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.output())
          .contains("auth-exchange-service does not start: " + sentence)
          .doesNotContain("\tat ");
    }
  }

  private static String keys(ServiceProcess service) {
    return service.client().get("/api/auth/keys").asString();
  }
}
