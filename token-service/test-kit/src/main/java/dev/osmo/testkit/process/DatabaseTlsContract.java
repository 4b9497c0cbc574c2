package dev.osmo.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.tls.TestAuthority;
import dev.osmo.testkit.waiting.Patience;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * TLS to the database with the settings of the operator's page and no other. The certificate of the
 * server is valid for {@code localhost} only.
 */
public interface DatabaseTlsContract {

  String HOST = "localhost";
  Duration PATIENCE = Patience.LONG;

  /** The database and the authority that signed its certificate. */
  record TlsDatabase(MigratedPostgres postgres, TestAuthority authority, TestAuthority other)
      implements AutoCloseable {

    public static TlsDatabase start() {
      TestAuthority authority = TestAuthority.create(HOST);
      return new TlsDatabase(
          MigratedPostgres.startWithTls(authority), authority, TestAuthority.create(HOST));
    }

    private String url(String host) {
      return "postgresql://%s:%d/%s".formatted(host, postgres.port(), MigratedPostgres.DATABASE);
    }

    @Override
    public void close() {
      postgres.close();
    }
  }

  TlsDatabase database();

  /**
   * The settings of a service process, without those for TLS and without the database's address.
   */
  Map<String, String> settings();

  /** The database user of the service. */
  String user();

  @Test
  default void every_connection_uses_tls_with_require() {
    Map<String, String> settings = at(HOST);
    settings.put("quarkus.datasource.reactive.postgresql.ssl-mode", "require");
    settings.put("quarkus.datasource.reactive.trust-all", "true");

    usesTls(settings);
  }

  @Test
  default void every_connection_uses_tls_with_verify_full() {
    usesTls(verifyFull(HOST, database().authority()));
  }

  @Test
  default void a_server_with_a_certificate_of_another_authority_is_refused() {
    refuses(
        verifyFull(HOST, database().other()), "The TLS handshake with the database at localhost:");
  }

  @Test
  default void a_server_with_a_certificate_for_another_host_is_refused() {
    refuses(
        verifyFull("127.0.0.1", database().authority()),
        "The TLS handshake with the database at 127.0.0.1:");
  }

  @Test
  default void a_server_without_tls_is_refused() {
    try (MigratedPostgres plain = MigratedPostgres.startEmpty()) {
      Map<String, String> settings = verifyFull(HOST, database().authority());
      settings.put(
          "quarkus.datasource.reactive.url",
          "postgresql://%s:%d/postgres".formatted(HOST, plain.port()));

      refuses(
          settings, "The database at localhost:%d does not support TLS".formatted(plain.port()));
    }
  }

  private Map<String, String> verifyFull(String host, TestAuthority trusted) {
    Map<String, String> settings = at(host);
    settings.put("quarkus.datasource.reactive.postgresql.ssl-mode", "verify-full");
    settings.put("quarkus.datasource.reactive.hostname-verification-algorithm", "HTTPS");
    settings.put("quarkus.datasource.reactive.trust-certificate-pem", "true");
    settings.put(
        "quarkus.datasource.reactive.trust-certificate-pem.certs",
        trusted.certificate().toString());
    return settings;
  }

  private Map<String, String> at(String host) {
    Map<String, String> settings = new HashMap<>(settings());
    settings.put("quarkus.datasource.reactive.url", database().url(host));
    return settings;
  }

  private void usesTls(Map<String, String> settings) {
    try (ServiceProcess service = ServiceProcess.start(settings)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(connections()).as(service.output()).isEqualTo("true"));
    }
  }

  private static void refuses(Map<String, String> settings, String sentence) {
    // Each service reads one of the two: how long the start waits for a database.
    settings.put("auth-exchange.database.patience", "PT3S");
    settings.put("token-service.database-patience", "PT3S");
    try (ServiceProcess service = ServiceProcess.launch(settings)) {
      assertThat(service.awaitRefusal()).contains(sentence).doesNotContain("\tat ");
    }
  }

  /** Whether all connections of the service use TLS; "null" if there are none. */
  private String connections() throws SQLException {
    try (Connection superuser = database().postgres().connectAsSuperuser();
        Statement statement = superuser.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT bool_and(ssl)::text FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = '"
                    + user()
                    + "'")) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }
}
