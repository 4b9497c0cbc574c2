package dev.osmo.token.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.pat.Pepper;
import dev.osmo.testkit.files.MountedSecret;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.waiting.Patience;
import dev.osmo.token.testing.Exchange;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.SigningKey;
import dev.osmo.token.testing.Stage;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged service refuses to start if it is misconfigured, and starts without the exchange.
 */
class StartIT {

  private static Stage stage;

  @TempDir Path folder;

  @BeforeAll
  static void set() {
    stage = Stage.set();
  }

  @AfterAll
  static void clear() {
    stage.close();
  }

  @Test
  void the_start_is_refused_without_the_pepper_file() {
    Map<String, String> environment = environment("t1");
    environment.put("TOKEN_SERVICE_PEPPER_FILE", "/nowhere/peppers");

    assertThat(refusal(environment))
        .contains("The pepper file /nowhere/peppers does not exist.")
        .doesNotContain("\tat ");
  }

  @Test
  void the_start_is_refused_with_a_file_of_trusted_issuers_that_cannot_be_used() {
    Map<String, String> environment = environment("t1");
    environment.put("TOKEN_SERVICE_TRUSTED_ISSUERS_FILE", "/nowhere/issuers.json");

    assertThat(refusal(environment))
        .contains("The file of trusted issuers /nowhere/issuers.json does not exist.")
        .doesNotContain("\tat ");
  }

  @Test
  void the_start_is_refused_with_a_file_of_identity_providers_that_cannot_be_used() {
    Map<String, String> environment = environment("t1");
    environment.put("TOKEN_SERVICE_IDENTITY_PROVIDERS_FILE", "/nowhere/providers.json");

    assertThat(refusal(environment))
        .contains("The file of identity providers /nowhere/providers.json does not exist.")
        .doesNotContain("\tat ");
  }

  @Test
  void the_start_is_refused_if_the_pepper_file_lacks_a_pepper_of_live_tokens() {
    People.with("osmo-user");

    assertThat(refusal(environment("other")))
        .contains("lacks t1, which live secrets need")
        .doesNotContain("\tat ");
  }

  /** For example, the Secret of another installation. */
  @Test
  @Tag("I9")
  void the_start_is_refused_with_another_pepper_under_the_id_of_a_recorded_one() throws Exception {
    try (ServiceProcess service = ServiceProcess.start(environment("t1"))) {
      assertThat(service.output()).contains("token-service");
    }
    List<String> before = recordedPeppers();

    Map<String, String> environment = environment("t1");
    peppers(environment, "p9 " + newKey(), "* t1 " + newKey());

    assertThat(refusal(environment))
        .contains(
            "The pepper file "
                + environment.get("TOKEN_SERVICE_PEPPER_FILE")
                + " has another pepper than this database under the id t1. Use the pepper file that"
                + " belongs to the database. Give a new pepper an id that none had.")
        .doesNotContain("\tat ");
    assertThat(recordedPeppers()).contains(recorded("t1", new byte[32])).isEqualTo(before);
  }

  /** Nobody can insert until both wait, so that both have seen a database without their peppers. */
  @Test
  @Tag("I9")
  void one_of_two_replicas_that_start_with_different_new_peppers_is_refused() throws Exception {
    Map<String, String> one = environment("t1");
    Map<String, String> other = environment("t1");
    String keyOfOne = newKey();
    String keyOfOther = newKey();
    peppers(one, "* t1 " + zeroes(), "r2 " + keyOfOne);
    peppers(other, "* t1 " + zeroes(), "r2 " + keyOfOther, "r1 " + keyOfOther);
    try (Connection holder = stage.postgres().connectAsSuperuser();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("LOCK TABLE pepper_check IN SHARE ROW EXCLUSIVE MODE");
      try (ServiceProcess first = ServiceProcess.launch(one);
          ServiceProcess second = ServiceProcess.launch(other)) {
        Awaitility.await().atMost(Patience.LONG).until(() -> waitingInsertions() == 2);
        holder.rollback();

        Awaitility.await().atMost(Patience.LONG).until(() -> isRefused(first) || isRefused(second));
        ServiceProcess refused = isRefused(first) ? first : second;
        ServiceProcess ready = refused == first ? second : first;
        assertThat(refused.awaitRefusal()).doesNotContain("\tat ");
        assertThat(ready.awaitReady().health("ready")).isEqualTo(200);
        assertThat(recordedPeppers())
            .as("nothing of the refused file, and everything of the accepted one")
            .contains(recorded("r2", key(ready == first ? keyOfOne : keyOfOther)))
            .filteredOn(row -> row.startsWith("r1"))
            .hasSize(ready == first ? 0 : 1);
      }
    }
  }

  @Test
  void the_start_is_refused_without_the_schema_and_names_the_command() throws SQLException {
    try (Connection server = stage.postgres().connectAsSuperuser();
        Statement statement = server.createStatement()) {
      statement.execute("CREATE DATABASE empty OWNER " + MigratedPostgres.OWNER);
    }
    Map<String, String> environment = environment("t1");
    environment.put(
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        stage.postgres().reactiveUrl().replaceFirst("/osmo$", "/empty"));

    assertThat(refusal(environment))
        .contains("\"token-service migrate\" first")
        .doesNotContain("\tat ");
  }

  /** {@code RestoreDecisionTest} restores a real backup into another server. */
  @Test
  @Tag("I3")
  void the_start_is_refused_on_a_restored_database() throws SQLException {
    try (Connection database = stage.postgres().connectAsSuperuser();
        Statement statement = database.createStatement()) {
      statement.execute("UPDATE database_identity SET epoch = 3");
      try {
        assertThat(refusal(environment("t1")))
            .contains("The database is at epoch 3", "\"token-service revoke-before TIME\"")
            .doesNotContain("\tat ");
      } finally {
        statement.execute("UPDATE database_identity SET epoch = 0");
      }
    }
  }

  @Test
  void the_start_is_refused_if_the_database_does_not_answer() {
    Map<String, String> environment = environment("t1");
    environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://127.0.0.1:1/osmo");
    environment.put("TOKEN_SERVICE_DATABASE_PATIENCE", "PT1S");

    assertThat(refusal(environment))
        .contains("The database cannot be reached")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jdbc:postgresql://db/osmo", "postgresql://user:s3cret@db:port/osmo", "db"})
  @Tag("I1")
  void the_start_is_refused_with_a_malformed_address_of_the_database(String url) {
    Map<String, String> environment = environment("t1");
    environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", url);

    assertThat(refusal(environment))
        .contains("quarkus.datasource.reactive.url must be an address such as postgresql://")
        .doesNotContain("\tat ")
        .doesNotContain("s3cret");
  }

  @Test
  void the_start_is_refused_without_an_address_of_the_database() {
    Map<String, String> environment = environment("t1");
    environment.remove("QUARKUS_DATASOURCE_REACTIVE_URL");

    assertThat(refusal(environment))
        .contains("quarkus.datasource.reactive.url is required")
        .doesNotContain("\tat ");
  }

  /** Every step of the start waits for the database, not only the first one. */
  @ParameterizedTest
  @ValueSource(
      strings = {"flyway_schema_history", "access_token_secret", "pepper_check", "sign_in_policy"})
  void the_start_waits_while_a_table_is_locked(String table) throws SQLException {
    Map<String, String> environment = environment("t1");
    environment.put("TOKEN_SERVICE_DATABASE_PATIENCE", "PT10M");
    try (Connection holder = stage.postgres().connectAsSuperuser();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
      try (ServiceProcess service = ServiceProcess.launch(environment)) {
        Awaitility.await()
            .atMost(Patience.LONG)
            .until(
                () ->
                    service
                        .output()
                        .contains("the start waits for the database: ERROR: canceling"));
        holder.rollback();

        assertThat(service.awaitReady().health("ready")).isEqualTo(200);
      }
    }
  }

  @Test
  void the_start_is_refused_with_the_reason_that_the_database_gives() {
    Map<String, String> environment = environment("t1");
    environment.put(
        "QUARKUS_DATASOURCE_REACTIVE_URL", stage.postgres().reactiveUrl() + "-elsewhere");

    assertThat(refusal(environment))
        .contains("osmo-elsewhere")
        .contains("does not exist")
        .doesNotContain("\tat ");
  }

  /** The test database asks for no password, so another setting shows that the file is read. */
  @Test
  void a_setting_can_be_a_file_of_a_mounted_secret() {
    Map<String, String> environment = environment("t1");
    environment.remove("QUARKUS_DATASOURCE_USERNAME");
    environment.put("SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS", folder.toString());
    new MountedSecret(folder).put("quarkus.datasource.username", "user-of-the-file\n");

    assertThat(refusal(environment)).contains("user-of-the-file").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource({
    "TOKEN_SERVICE_ISSUER, https://osmo.test/, token-service.issuer is https://osmo.test/ and must be"
        + " without a slash at the end",
    "TOKEN_SERVICE_POLICY_MAX_GRACE, PT169H, max-grace is PT169H and must be at most 168 hours",
    "TOKEN_SERVICE_POLICY_DEFAULT_GRACE, PT169H, default-grace is PT169H and must be at most"
        + " policy.max-grace",
    "TOKEN_SERVICE_RETENTION_TOKENS, PT167H, retention.tokens is PT167H and must be at least 168"
        + " hours",
    "TOKEN_SERVICE_RETENTION_AUDIT_EVENTS, P29D, retention.audit-events is PT696H and must be at"
        + " least 30 days",
    "TOKEN_SERVICE_SIGN_IN_REVERIFY_AFTER, PT0S, sign-in.reverify-after is PT0S and must be longer"
        + " than zero",
    "TOKEN_SERVICE_SIGN_IN_REVERIFY_UNLINKED_USERS, true, must be used with sign-in.reverify-after",
    "TOKEN_SERVICE_SCIM_CREDENTIAL_FILE, /nowhere/scim, The file of SCIM credentials /nowhere/scim"
        + " does not exist",
    "TOKEN_SERVICE_SECURITY_EVENTS_KAFKA_BOOTSTRAP_SERVERS, broker:9092,"
        + " security-events.kafka.bootstrap-servers is broker:9092 and must be used with"
        + " security-events.transmitters-file",
    "TOKEN_SERVICE_SECURITY_EVENTS_TRANSMITTERS_FILE, /nowhere/ssf, The file of event transmitters"
        + " /nowhere/ssf does not exist"
  })
  void the_start_is_refused_with_a_contradictory_policy(String setting, String value, String why) {
    Map<String, String> environment = environment("t1");
    environment.put(setting, value);

    assertThat(refusal(environment)).contains(why).doesNotContain("\tat ");
  }

  @Test
  void without_fresh_keys_of_the_exchange_it_is_ready_and_answers_503() {
    Person user = People.with("osmo-user");
    try (Exchange exchange = Exchange.startDown()) {
      Map<String, String> environment = environment("t1");
      environment.put("TOKEN_SERVICE_JWKS_URL", exchange.keysUrl());
      environment.put("TOKEN_SERVICE_JWKS_STALE_AFTER", "PT10S");
      Jwt jwt =
          user.login()
              .header("kid", exchange.key().jwk().getKeyId())
              .signedBy(exchange.key().jwk().getPrivateKey());
      try (ServiceProcess service = ServiceProcess.launch(environment).awaitReady()) {
        Response notYet = tokens(service, jwt);
        assertThat(notYet.statusCode()).isEqualTo(503);
        assertThat(notYet.header("Retry-After")).isNotNull();
        assertThat(service.health("live")).isEqualTo(200);
        assertThat(service.client().get("/scim/v2/ServiceProviderConfig").statusCode())
            .as("SCIM is not configured")
            .isEqualTo(404);

        exchange.comeUp();

        Awaitility.await()
            .atMost(Patience.LONG)
            .until(() -> tokens(service, jwt).statusCode() == 200);

        // Cached keys expire, because a key could have been revoked in the meantime.
        exchange.goDown();
        Awaitility.await()
            .atMost(Patience.LONG)
            .until(() -> tokens(service, jwt).statusCode() == 503);
      }
    }
  }

  @Test
  void a_jwt_with_a_good_signature_and_another_issuer_is_in_the_log() {
    Person user = People.with("osmo-user");
    Jwt forged =
        user.login()
            .claim("iss", "https://forged.test")
            .signedBy(SigningKey.make().jwk().getPrivateKey());
    Jwt ofAnotherIssuer = user.login().claim("iss", "https://osmo.test");
    stage.exchange().comeUp();
    try (ServiceProcess service = ServiceProcess.start(environment("t1"))) {
      Awaitility.await()
          .atMost(Patience.LONG)
          .until(() -> tokens(service, user.login()).statusCode() == 200);

      assertThat(tokens(service, forged).statusCode()).isEqualTo(401);
      assertThat(tokens(service, ofAnotherIssuer).statusCode()).isEqualTo(401);
      assertThat(tokens(service, ofAnotherIssuer).statusCode()).isEqualTo(401);

      assertThat(service.output())
          .containsOnlyOnce("JWT refused: iss=https://osmo.test expected " + Exchange.ISSUER + ";")
          .doesNotContain("forged.test")
          .doesNotContain(ofAnotherIssuer.text());
    } finally {
      stage.exchange().goDown();
    }
  }

  private static Response tokens(ServiceProcess service, Jwt jwt) {
    return service
        .client()
        .header("Authorization", "Bearer " + jwt.text())
        .get("/api/auth/access_token");
  }

  private static String refusal(Map<String, String> environment) {
    try (ServiceProcess service = ServiceProcess.launch(environment)) {
      return service.awaitRefusal();
    }
  }

  private static void peppers(Map<String, String> environment, String... lines) throws IOException {
    Path file =
        Files.createTempFile(
            Path.of(environment.get("TOKEN_SERVICE_PEPPER_FILE")).getParent(), "peppers", "");
    environment.put("TOKEN_SERVICE_PEPPER_FILE", Files.write(file, List.of(lines)).toString());
  }

  private static boolean isRefused(ServiceProcess service) {
    return service.output().contains("has another pepper than this database under the id r2");
  }

  private static String newKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  private static String zeroes() {
    return Base64.getEncoder().encodeToString(new byte[32]);
  }

  private static byte[] key(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private static String recorded(String id, byte[] key) {
    return id + " " + Pepper.of(id, key).checkValue();
  }

  private static List<String> recordedPeppers() throws SQLException {
    return rows(
        "SELECT pepper_id || ' ' || encode(check_value, 'hex') FROM pepper_check ORDER BY 1");
  }

  private static int waitingInsertions() throws SQLException {
    return rows("SELECT query FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%INSERT INTO"
            + " pepper_check%'")
        .size();
  }

  private static List<String> rows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection database = stage.postgres().connectAsSuperuser();
        Statement statement = database.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  private Map<String, String> environment(String pepperId) {
    return stage.environment(folder, pepperId);
  }
}
