package dev.osmo.token.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.token.testing.Exchange;
import dev.osmo.token.testing.Jwt;
import dev.osmo.token.testing.MigratedPostgres;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.People.Person;
import dev.osmo.token.testing.Rows;
import dev.osmo.token.testing.RunningService;
import dev.osmo.token.testing.Stage;
import dev.osmo.token.testing.TokenText;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service: what it refuses to start with, and what it starts without. */
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
  void without_its_pepper_file_it_says_so_in_one_sentence() {
    Map<String, String> environment = environment("t1");
    environment.put("TOKEN_SERVICE_PEPPER_FILE", "/nowhere/peppers");

    assertThat(refusal(environment))
        .contains("The pepper file /nowhere/peppers cannot be read.")
        .doesNotContain("\tat ");
  }

  @Test
  void without_a_pepper_that_live_tokens_need_it_names_it() {
    People.with("osmo-user");

    assertThat(refusal(environment("other")))
        .contains("lacks t1, which live tokens need")
        .doesNotContain("\tat ");
  }

  @Test
  void on_a_database_without_the_schema_it_names_the_command() {
    try (MigratedPostgres empty = MigratedPostgres.startEmpty()) {
      Map<String, String> environment = environment("t1");
      environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", empty.reactiveUrl());

      assertThat(refusal(environment))
          .contains("\"token-service migrate\" first")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void when_the_database_stays_away_it_says_so_in_one_sentence() {
    Map<String, String> environment = environment("t1");
    environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://127.0.0.1:1/osmo");
    environment.put("TOKEN_SERVICE_DATABASE_PATIENCE", "PT1S");

    assertThat(refusal(environment))
        .contains("The database cannot be reached")
        .doesNotContain("\tat ");
  }

  @Test
  void when_the_database_refuses_it_passes_on_why() {
    Map<String, String> environment = environment("t1");
    environment.put(
        "QUARKUS_DATASOURCE_REACTIVE_URL", stage.postgres().reactiveUrl() + "-elsewhere");

    assertThat(refusal(environment))
        .contains("osmo-elsewhere")
        .contains("does not exist")
        .doesNotContain("\tat ");
  }

  @Test
  void with_cheap_hashing_it_does_not_start() {
    Map<String, String> environment = environment("t1");
    environment.put("TOKEN_SERVICE_ARGON2_MEMORY_KIB", "64");

    assertThat(refusal(environment)).contains("at least 19456 KiB").doesNotContain("\tat ");
  }

  @Test
  void a_bootstrap_file_without_a_token_is_refused_and_not_repeated() throws IOException {
    Map<String, String> environment = environment("t1");
    environment.put(
        "TOKEN_SERVICE_BOOTSTRAP_TOKEN_FILE",
        Files.writeString(folder.resolve("token"), "hunter2").toString());

    assertThat(refusal(environment))
        .contains("does not hold a well-formed token")
        .doesNotContain("hunter2")
        .doesNotContain("\tat ");
  }

  @Test
  void without_the_exchange_it_is_ready_and_says_not_yet_until_the_keys_are_there() {
    Person user = People.with("osmo-user");
    try (Exchange exchange = Exchange.startDown()) {
      Map<String, String> environment = environment("t1");
      environment.put("TOKEN_SERVICE_JWKS_URL", exchange.keysUrl());
      Jwt jwt =
          user.login()
              .header("kid", exchange.key().jwk().getKeyId())
              .signedBy(exchange.key().jwk().getPrivateKey());
      try (RunningService service = RunningService.start(environment).awaitReady()) {
        HttpResponse<String> notYet = service.get("/api/auth/access_token", jwt.text());
        assertThat(notYet.statusCode()).isEqualTo(503);
        assertThat(notYet.headers().firstValue("Retry-After")).isPresent();
        assertThat(service.health("live")).isEqualTo(200);

        exchange.comeUp();

        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> service.get("/api/auth/access_token", jwt.text()).statusCode() == 200);
      }
    }
  }

  @Test
  void the_first_administrator_comes_from_a_file_once_however_many_replicas_start()
      throws IOException {
    Path file = Files.writeString(folder.resolve("token"), TokenText.of('a') + "\n");
    Map<String, String> environment = environment("t1");
    environment.put("TOKEN_SERVICE_BOOTSTRAP_TOKEN_FILE", file.toString());
    environment.put("TOKEN_SERVICE_BOOTSTRAP_USER", "first@example.com");

    // The last thing that is written goes wrong: nothing of it has happened.
    People.execute("ALTER TABLE osmo.bootstrap_token ADD CONSTRAINT planted CHECK (false)");
    Rows before = Rows.now();
    assertThat(refusal(environment)).doesNotContain(TokenText.of('a'));
    assertThat(before.changes()).isEmpty();
    People.execute("ALTER TABLE osmo.bootstrap_token DROP CONSTRAINT planted");

    try (RunningService one = RunningService.start(environment);
        RunningService two = RunningService.start(environment)) {
      one.awaitReady();
      two.awaitReady();
      assertThat(one.output() + two.output())
          .containsOnlyOnce("bootstrap token applied")
          .doesNotContain(TokenText.of('a'));
    }
    String first =
        only(
            "SELECT id FROM access_token WHERE user_id = 'first@example.com' AND name = 'bootstrap-admin'");
    assertThat(only("SELECT role_name FROM access_token_role WHERE token_id = ?", first))
        .isEqualTo("osmo-admin");
    assertThat(
            only(
                "SELECT round(extract(epoch FROM expires_at - now()) / 86400) FROM access_token WHERE id = ?",
                first))
        .isEqualTo("365");
    assertThat(
            People.query(
                "SELECT action FROM audit_event WHERE user_id = 'first@example.com' ORDER BY id"))
        .containsExactly("user.created", "role.granted", "token.created");

    // Whoever took the role away meant it: a restart does not bring it back.
    People.execute("DELETE FROM role_assignment WHERE user_id = 'first@example.com'");
    RunningService.start(environment).awaitReady().close();
    assertThat(People.query("SELECT id FROM role_assignment WHERE user_id = 'first@example.com'"))
        .isEmpty();

    // Another token is a decision: the old one is dead, the role is back, on the new token only.
    Files.writeString(file, TokenText.of('b'));
    RunningService.start(environment).awaitReady().close();
    String second =
        only(
            "SELECT id FROM access_token WHERE user_id = 'first@example.com' AND name = 'bootstrap-admin'");
    assertThat(second).isNotEqualTo(first);
    assertThat(only("SELECT role_name FROM access_token_role WHERE token_id = ?", second))
        .isEqualTo("osmo-admin");

    // Another token for another user: the old one is dead all the same.
    Files.writeString(file, TokenText.of('c'));
    environment.put("TOKEN_SERVICE_BOOTSTRAP_USER", "second@example.com");
    RunningService.start(environment).awaitReady().close();
    assertThat(People.query("SELECT id FROM access_token WHERE user_id = 'first@example.com'"))
        .isEmpty();
    assertThat(
            only(
                "SELECT action FROM audit_event WHERE pat_id = ? ORDER BY id DESC LIMIT 1", second))
        .isEqualTo("token.deleted");
  }

  private static String only(String sql, Object... parameters) {
    List<String> rows = People.query(sql, parameters);
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  private static String refusal(Map<String, String> environment) {
    try (RunningService service = RunningService.start(environment)) {
      return service.awaitRefusal();
    }
  }

  private Map<String, String> environment(String pepperId) {
    try {
      String line = "* " + pepperId + " " + Base64.getEncoder().encodeToString(new byte[32]) + "\n";
      Path peppers = Files.writeString(folder.resolve("peppers"), line);
      return RunningService.environment(stage.postgres(), stage.exchange().keysUrl(), peppers);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
