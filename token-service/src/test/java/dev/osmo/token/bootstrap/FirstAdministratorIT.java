package dev.osmo.token.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.contracts.TestTokens;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.token.testing.People;
import dev.osmo.token.testing.Rows;
import dev.osmo.token.testing.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service with a bootstrap file, which contains the token of the first administrator.
 */
class FirstAdministratorIT {

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
  void replicas_that_start_together_apply_the_bootstrap_file_once() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), TestTokens.of('a') + "\n");
    Map<String, String> environment = stage.environment(folder, "t1");
    environment.put("TOKEN_SERVICE_BOOTSTRAP_TOKEN_FILE", file.toString());
    environment.put("TOKEN_SERVICE_BOOTSTRAP_USER", "first@example.com");

    // The last statement fails: everything is rolled back. The pepper was recorded before.
    People.execute("ALTER TABLE osmo.bootstrap_token ADD CONSTRAINT planted CHECK (false)");
    Rows before = Rows.now();
    assertThat(refusal(environment)).doesNotContain(TestTokens.of('a'));
    assertThat(before.changes())
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("+ pepper_check (t1,");
    People.execute("ALTER TABLE osmo.bootstrap_token DROP CONSTRAINT planted");

    try (ServiceProcess one = ServiceProcess.launch(environment);
        ServiceProcess two = ServiceProcess.launch(environment)) {
      one.awaitReady();
      two.awaitReady();
      assertThat(one.output() + two.output())
          .containsOnlyOnce("bootstrap token applied")
          .doesNotContain(TestTokens.of('a'));
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

    // A role that an administrator removed is not assigned again by a restart.
    People.execute("DELETE FROM role_assignment WHERE user_id = 'first@example.com'");
    ServiceProcess.launch(environment).awaitReady().close();
    assertThat(People.query("SELECT id FROM role_assignment WHERE user_id = 'first@example.com'"))
        .isEmpty();

    // A new token in the file deletes the old one and assigns the role again.
    Files.writeString(file, TestTokens.of('b'));
    ServiceProcess.launch(environment).awaitReady().close();
    String second =
        only(
            "SELECT id FROM access_token WHERE user_id = 'first@example.com' AND name = 'bootstrap-admin'");
    assertThat(second).isNotEqualTo(first);
    assertThat(only("SELECT role_name FROM access_token_role WHERE token_id = ?", second))
        .isEqualTo("osmo-admin");

    // A new token for another user deletes the old one, too.
    Files.writeString(file, TestTokens.of('c'));
    environment.put("TOKEN_SERVICE_BOOTSTRAP_USER", "second@example.com");
    ServiceProcess.launch(environment).awaitReady().close();
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
    try (ServiceProcess service = ServiceProcess.launch(environment)) {
      return service.awaitRefusal();
    }
  }
}
