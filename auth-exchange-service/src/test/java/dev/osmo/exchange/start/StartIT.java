package dev.osmo.exchange.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.exchange.testing.Exchanges;
import dev.osmo.exchange.testing.IssuedPat;
import dev.osmo.exchange.testing.OAuth;
import dev.osmo.exchange.testing.People;
import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.exchange.testing.Verifier;
import dev.osmo.exchange.testing.WorkloadToken;
import dev.osmo.pat.Pepper;
import dev.osmo.pat.Peppers;
import dev.osmo.testkit.contracts.Contracts;
import dev.osmo.testkit.files.MountedSecret;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.postgres.Tunnel;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.waiting.Patience;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Starts, restarts and refused starts of the packaged service. */
class StartIT {

  private static final Duration DEADLINE = Patience.LONG;

  private static MigratedPostgres postgres;
  private static People people;

  @BeforeAll
  static void startDatabase() {
    postgres = MigratedPostgres.start();
    people = new People(postgres.reactiveUrl());
  }

  @AfterAll
  static void stopDatabase() {
    postgres.close();
  }

  /**
   * One process for all tests. It logs everything as JSON, neither listens nor prunes, and a busy
   * machine is no reason for it to give up.
   */
  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  class Running {

    private static final String TRACEPARENT =
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private ServiceProcess service;

    @BeforeAll
    void start() {
      service =
          ServiceProcess.start(
              setupWithoutKeys()
                  .with(
                      Map.of(
                          "quarkus.log.level", "DEBUG",
                          "quarkus.log.console.json.enabled", "true",
                          "auth-exchange.prune.listen", "false",
                          "auth-exchange.prune.every", "PT1H",
                          "auth-exchange.database.deadline", "PT1M",
                          "auth-exchange.database.silence", "PT2M",
                          "auth-exchange.database.connect-timeout", "PT30S",
                          "auth-exchange.database.commit-lease", "PT1M")));
    }

    @AfterAll
    void stop() {
      service.close();
    }

    @Test
    @Tag("I1")
    void the_log_contains_neither_access_tokens_nor_jwts() {
      IssuedPat pat = people.pat(people.person("osmo-user"));

      String jwt = Exchanges.exchange(service.client(), pat.text()).path("token");
      service.client().queryParam("access_token", pat.text()).get(Exchanges.PATH);
      Exchanges.exchange(service.client(), pat.text() + "x");
      Exchanges.exchange(service.client().header("X-Request-Id", pat.text()), pat.text());
      service.client().formParams(OAuth.exchanging(pat.text())).post(OAuth.TOKEN);
      service.client().queryParams(OAuth.exchanging(pat.text())).post(OAuth.TOKEN);
      service.client().formParams(WorkloadToken.exchanging(jwt, pat.id())).post(OAuth.TOKEN);
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
          .contains("\"level\":\"DEBUG\"")
          .contains("pat_id=" + pat.id())
          .doesNotContain(pat.text())
          .doesNotContain(jwt);
    }

    @Test
    void without_an_identity_provider_the_login_offers_access_tokens_only() {
      assertThat(service.client().get("/api/auth/login").asString())
          .isEqualTo(
              """
              {"device_endpoint":null,"device_client_id":null,"browser_endpoint":null,\
              "browser_client_id":null,"token_endpoint":null,"logout_endpoint":null,\
              "provider":null,"display_name":null,"issuer":null,\
              "authorization_response_iss_parameter_supported":false,"web_client_id":null,\
              "scope":null,\
              "methods":["token"],"providers":[]}""");
    }

    @Test
    void the_log_entry_of_an_exchange_names_access_token_owner_and_jwt() throws IOException {
      IssuedPat pat = people.pat(people.person("osmo-user"));

      String jwt =
          Exchanges.exchange(service.client().header("traceparent", TRACEPARENT), pat.text())
              .path("token");

      String jti = Verifier.claims(jwt, keys(service)).getJWTID();
      String line =
          await()
              .atMost(DEADLINE)
              .until(
                  () -> service.output().lines().filter(text -> text.contains(jti)).findFirst(),
                  Optional::isPresent)
              .orElseThrow();
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
    }

    @Test
    @Tag("I2")
    void a_removed_role_is_not_in_the_next_jwt_although_nothing_was_pruned() {
      IssuedPat pat = people.pat(people.person("osmo-user", "osmo-ml-team"));
      people.remove(pat.owner(), "osmo-ml-team");

      String jwt = Exchanges.exchange(service.client(), pat.text()).path("token");

      assertThat(Verifier.claims(jwt, keys(service)).getClaim("roles"))
          .isEqualTo(List.of("osmo-user"));
      assertThat(people.query("SELECT 1 FROM access_token_role WHERE token_id = ?", pat.id()))
          .hasSize(2);
    }
  }

  /** Every step of the start waits for the database, not only the first one. */
  @Test
  void the_start_waits_while_the_table_of_signing_keys_is_locked() throws Exception {
    Map<String, String> settings =
        setupWithoutKeys().with(Map.of("auth-exchange.database.deadline", "PT0.5S"));
    try (Connection superuser = people.connect("postgres")) {
      superuser.setAutoCommit(false);
      superuser.createStatement().execute("LOCK TABLE signing_key IN ACCESS EXCLUSIVE MODE");
      try (ServiceProcess service = ServiceProcess.launch(settings)) {
        await()
            .atMost(DEADLINE)
            .until(() -> service.output().contains("the start waits for the database"));
        superuser.rollback();

        assertThat(keys(service.awaitReady())).contains("\"kid\"");
      }
    }
  }

  /** The signing key across starts: with the same key file, with another one, and after that. */
  @Test
  @Tag("I9")
  @Tag("I12")
  void the_signing_key_survives_a_restart_but_not_a_change_of_the_key_file() throws IOException {
    ServiceSetup setup = setupWithoutKeys();
    IssuedPat pat = people.pat(people.person("osmo-user"));
    String jwt;
    String keys;
    try (ServiceProcess first = ServiceProcess.start(setup.settings())) {
      keys = keys(first);
      jwt = Exchanges.exchange(first.client(), pat.text()).path("token");
    }

    // The second start also waits for a database that cannot be reached at first, and is on a
    // platform for which there is no native library.
    try (Tunnel network = new Tunnel(postgres.port())) {
      network.cut();
      Map<String, String> throughTheTunnel =
          Map.of(
              "quarkus.datasource.reactive.url",
              network.reactiveUrl(),
              "JAVA_TOOL_OPTIONS",
              "-Dcom.amazon.corretto.crypto.provider.useExternalLib=true");
      try (ServiceProcess second = ServiceProcess.launch(setup.with(throughTheTunnel))) {
        await().atMost(DEADLINE).until(() -> network.refused() > 0);
        network.open();

        assertThat(keys(second.awaitReady())).isEqualTo(keys);
        assertThat(Verifier.claims(jwt, keys(second)).getSubject()).isEqualTo(pat.owner());
        assertThat(second.output()).contains("Corretto Crypto Provider is not available");
        String signedByTheJdk = Exchanges.exchange(second.client(), pat.text()).path("token");
        assertThat(Verifier.claims(signedByTheJdk, keys).getSubject()).isEqualTo(pat.owner());
      }
    }

    Files.writeString(setup.keyFile(), ServiceSetup.newKey());
    refused(
        setup.settings(),
        "The key file %s does not decrypt the signing key in the database, which was created under another key file."
            .formatted(setup.keyFile()));

    // What the operator's page recommends in this case.
    String kid = people.query("SELECT kid FROM signing_key").getFirst();
    try (ServiceProcess command = ServiceProcess.launch(setup.settings(), "revoke-key", kid)) {
      assertThat(command.exitCode()).as(command.output()).isZero();
      assertThat(command.output()).contains("A replica will create the next one");
    }
    assertThat(people.query("SELECT kid FROM signing_key WHERE state <> 'gone'")).isEmpty();
    try (ServiceProcess third = ServiceProcess.start(setup.settings())) {
      assertThat(keys(third)).contains("\"kid\"").doesNotContain(kid);
    }
  }

  @Test
  @Tag("I9")
  void the_start_is_refused_if_the_pepper_file_lacks_a_pepper_of_live_tokens() throws IOException {
    people.pat(people.person("osmo-user"));
    ServiceSetup setup = setupWithoutKeys();
    Files.write(
        setup.pepperFile(), List.of("* other AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));

    refused(
        setup.settings(),
        "The pepper file %s lacks the pepper 'p1' that live tokens need."
            .formatted(setup.pepperFile()));
  }

  /** For example, the Secret of another installation. */
  @Test
  @Tag("I9")
  void the_start_is_refused_with_another_pepper_under_the_id_of_a_recorded_one() {
    ServiceSetup setup = setupWithoutKeys();
    record("p2", new byte[32]);
    try {
      refused(setup.settings(), otherPepper(setup));
    } finally {
      people.asSuperuser("DELETE FROM pepper_check");
    }
  }

  /** A replica of the exchange may start with a new pepper before one of token-service. */
  @Test
  @Tag("I9")
  void a_replica_is_not_ready_once_another_pepper_is_recorded_than_it_started_with() {
    ServiceSetup setup = setupWithoutKeys();
    try (ServiceProcess service = ServiceProcess.start(setup.settings())) {
      Peppers.parse(Contracts.pepperFile()).all().stream()
          .filter(pepper -> pepper.id().equals("p1"))
          .forEach(pepper -> record(pepper.id(), pepper.key().getEncoded()));
      assertThat(service.health("ready")).isEqualTo(200);

      record("p2", new byte[32]);

      assertThat(service.health("ready")).isEqualTo(503);
      assertThat(service.health("ready")).isEqualTo(503);
      assertThat(service.health("live")).isEqualTo(200);
      assertThat(service.output().lines().filter(line -> line.contains("ERROR")))
          .singleElement()
          .asString()
          .contains(otherPepper(setup));
    } finally {
      people.asSuperuser("DELETE FROM pepper_check");
    }
  }

  private static void record(String id, byte[] key) {
    people.asSuperuser(
        "INSERT INTO pepper_check (pepper_id, check_value) VALUES ('%s', decode('%s', 'hex'))"
            .formatted(id, Pepper.of(id, key).checkValue()));
  }

  private static String otherPepper(ServiceSetup setup) {
    return "The pepper file %s has another pepper than this database under the id p2."
        .formatted(setup.pepperFile());
  }

  @Test
  void the_start_is_refused_on_an_older_schema() {
    people.asSuperuser(
        "UPDATE flyway_schema_history SET success = false WHERE version::integer > 8");
    try {
      refused(
          setupWithoutKeys().settings(),
          "The database's schema is at version 8 and this auth-exchange-service needs 36: run"
              + " \"token-service migrate\" first.");
    } finally {
      people.asSuperuser("UPDATE flyway_schema_history SET success = true");
    }
  }

  @Test
  void the_start_is_refused_without_the_schema_and_names_the_command() {
    people.asSuperuser("CREATE DATABASE empty");

    refused(
        ServiceSetup.on(postgres.reactiveUrl().replaceFirst("/osmo$", "/empty")).settings(),
        "The database's schema is at version 0 and this auth-exchange-service needs 36: run"
            + " \"token-service migrate\" first.");
  }

  @Test
  void the_start_is_refused_with_the_reason_that_the_database_gives() {
    refused(
        ServiceSetup.on(postgres.reactiveUrl() + "-elsewhere").settings(),
        "The database refuses this service: database \"osmo-elsewhere\" does not exist (3D000).");
  }

  @Test
  @Tag("I3")
  void the_start_is_refused_on_a_restored_database() {
    people.asSuperuser("UPDATE database_identity SET system_identifier = 1");
    try {
      refused(
          setupWithoutKeys().settings(),
          "The database is a copy that was restored into another server, so removed roles and"
              + " revoked tokens may have come back. Run \"token-service revoke-before TIME\""
              + " first.");
    } finally {
      people.asSuperuser(
          "UPDATE database_identity SET system_identifier = c.system_identifier FROM"
              + " pg_control_system() c");
    }
  }

  @Test
  void the_start_is_refused_with_a_file_of_trusted_issuers_that_cannot_be_used() {
    refused(
        setupWithoutKeys()
            .with(Map.of("auth-exchange.trusted-issuers-file", "/nowhere/issuers.json")),
        "The file of trusted issuers /nowhere/issuers.json does not exist.");
  }

  @Test
  void the_start_is_refused_with_a_file_of_identity_providers_that_cannot_be_used() {
    refused(
        setupWithoutKeys()
            .with(
                Map.of(
                    "auth-exchange.token-service-url", "http://127.0.0.1:1",
                    "auth-exchange.identity-providers-file", "/nowhere/providers.json")),
        "The file of identity providers /nowhere/providers.json does not exist.");
  }

  @Test
  void the_start_is_refused_if_the_database_does_not_answer() {
    refused(
        ServiceSetup.on("postgresql://127.0.0.1:1/osmo")
            .with(Map.of("auth-exchange.database.patience", "PT0S")),
        "The database cannot be reached: Connection refused");
  }

  @Test
  @Tag("I1")
  void the_start_is_refused_with_a_malformed_address_of_the_database() {
    Map<String, String> settings =
        ServiceSetup.on("postgresql://user:s3cret@db:port/osmo").settings();
    try (ServiceProcess service = ServiceProcess.launch(settings)) {
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.output())
          .contains("quarkus.datasource.reactive.url must be an address such as postgresql://")
          .doesNotContain("\tat ")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void the_start_is_refused_without_an_address_of_the_database() {
    Map<String, String> settings = new HashMap<>(setupWithoutKeys().settings());
    settings.remove("quarkus.datasource.reactive.url");

    refused(settings, "quarkus.datasource.reactive.url is required");
  }

  @Test
  @Tag("I9")
  void the_start_is_refused_with_a_senseless_setting_before_it_is_used() {
    refused(
        setupWithoutKeys().with(Map.of("auth-exchange.verification.threads", "0")),
        "auth-exchange.verification.threads is 0 and must be at least 1.");
  }

  /** The test database asks for no password, so another setting shows that the file is read. */
  @Test
  void a_setting_can_be_a_file_of_a_mounted_secret(@TempDir Path folder) {
    Map<String, String> settings = new HashMap<>(setupWithoutKeys().settings());
    settings.remove("quarkus.datasource.username");
    settings.put("smallrye.config.source.file.locations", folder.toString());
    settings.put("auth-exchange.database.patience", "PT1S");
    new MountedSecret(folder).put("quarkus.datasource.username", "user-of-the-file\n");

    refused(settings, "user-of-the-file");
  }

  /** A new key file, and no signing keys that another one encrypted. */
  private static ServiceSetup setupWithoutKeys() {
    people.asSuperuser("DELETE FROM signing_key");
    return ServiceSetup.on(postgres);
  }

  private static void refused(Map<String, String> settings, String sentence) {
    try (ServiceProcess service = ServiceProcess.launch(settings)) {
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.output()).contains(sentence).doesNotContain("\tat ");
    }
  }

  private static String keys(ServiceProcess service) {
    return service.client().get("/api/auth/keys").asString();
  }
}
