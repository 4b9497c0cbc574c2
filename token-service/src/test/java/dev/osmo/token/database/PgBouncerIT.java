package dev.osmo.token.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.postgres.PgBouncer;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.token.testing.Stage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The service behind PgBouncer. */
@EnabledIfSystemProperty(named = PgBouncer.PROGRAM, matches = ".+")
class PgBouncerIT {

  private static final String IGNORE =
      "ignore_startup_parameters = extra_float_digits, default_transaction_isolation";

  private static Stage stage;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    stage = Stage.set();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void session_mode_needs_one_setting_of_the_pooler() {
    try (PgBouncer pooler = PgBouncer.start(stage.postgres(), IGNORE);
        ServiceProcess service = ServiceProcess.start(behind(pooler))) {
      assertThat(service.health("ready")).isEqualTo(200);
    }
  }

  @Test
  void without_it_the_start_is_refused_and_names_the_parameter() {
    try (PgBouncer pooler = PgBouncer.start(stage.postgres());
        ServiceProcess service = ServiceProcess.launch(behind(pooler))) {
      assertThat(service.awaitRefusal()).contains("extra_float_digits").doesNotContain("\tat ");
    }
  }

  @Test
  void transaction_mode_is_refused() {
    try (PgBouncer pooler = PgBouncer.start(stage.postgres(), IGNORE, "pool_mode = transaction");
        ServiceProcess service = ServiceProcess.launch(behind(pooler))) {
      assertThat(service.awaitRefusal()).contains("session mode").doesNotContain("\tat ");
    }
  }

  private Map<String, String> behind(PgBouncer pooler) {
    Map<String, String> settings = stage.environment(folder, "t1");
    settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", pooler.reactiveUrl());
    return settings;
  }
}
