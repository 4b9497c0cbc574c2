package dev.osmo.token.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.process.DatabaseTlsContract;
import dev.osmo.testkit.process.ServiceProcess;
import dev.osmo.testkit.tls.TestAuthority;
import dev.osmo.token.testing.Stage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTlsIT implements DatabaseTlsContract {

  private static TlsDatabase database;
  private static Stage stage;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    database = TlsDatabase.start();
    stage = Stage.set(database.postgres());
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Override
  public TlsDatabase database() {
    return database;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = stage.environment(folder, "t1");
    settings.remove("QUARKUS_DATASOURCE_REACTIVE_URL");
    return settings;
  }

  @Override
  public String user() {
    return MigratedPostgres.TOKEN_SERVICE;
  }

  @Test
  void a_migration_verifies_the_server() {
    assertThat(migrate("require", HOST, database.other())).isZero();
    assertThat(migrate("verify-full", HOST, database.authority())).isZero();
    assertThat(migrate("verify-full", HOST, database.other())).isEqualTo(1);
    assertThat(migrate("verify-full", "127.0.0.1", database.authority())).isEqualTo(1);
  }

  private static int migrate(String mode, String host, TestAuthority trusted) {
    String root = mode.equals("require") ? "" : "&sslrootcert=" + trusted.certificate();
    Map<String, String> settings =
        Map.of(
            "TOKEN_SERVICE_MIGRATE_URL",
            "jdbc:postgresql://%s:%d/osmo?sslmode=%s%s"
                .formatted(host, database.postgres().port(), mode, root),
            "TOKEN_SERVICE_MIGRATE_USERNAME",
            MigratedPostgres.OWNER,
            "TOKEN_SERVICE_MIGRATE_PASSWORD",
            MigratedPostgres.PASSWORD);
    try (ServiceProcess migration = ServiceProcess.launch(settings, "migrate")) {
      return migration.exitCode();
    }
  }
}
