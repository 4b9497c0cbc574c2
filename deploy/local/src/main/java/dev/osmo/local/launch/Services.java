package dev.osmo.local.launch;

import static java.util.Map.entry;

import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.folder.Secrets;
import dev.osmo.local.people.AdminToken;
import dev.osmo.local.postgres.DatabaseSetup;
import dev.osmo.local.process.ChildSpec;
import dev.osmo.local.workflow.WorkflowApi;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How the services are started: command and environment. */
record Services(Installation installation, DataFolder folder, Ports ports, String publicUrl) {

  /** It says who called it, and both services believe it. */
  private static final String GATEWAY = "127.0.0.1,::1";

  ChildSpec migration() {
    Map<String, String> environment =
        Map.of(
            "TOKEN_SERVICE_MIGRATE_URL",
                "jdbc:postgresql://127.0.0.1:%d/%s"
                    .formatted(ports.postgres(), DatabaseSetup.DATABASE),
            "TOKEN_SERVICE_MIGRATE_USERNAME", DatabaseSetup.OWNER,
            "TOKEN_SERVICE_MIGRATE_PASSWORD", secrets().password(DatabaseSetup.OWNER).reveal());
    return new ChildSpec(
        "migrate",
        java(installation.tokenService(), "migrate"),
        environment,
        folder.log("migrate"));
  }

  ChildSpec tokenService() {
    Map<String, String> environment = new HashMap<>();
    environment.putAll(
        common(ports.tokenService(), ports.tokenServiceManagement(), DatabaseSetup.TOKEN_SERVICE));
    environment.putAll(
        Map.ofEntries(
            entry("TOKEN_SERVICE_ISSUER", publicUrl),
            entry("TOKEN_SERVICE_JWKS_URL", jwks()),
            entry("TOKEN_SERVICE_PEPPER_FILE", secrets().pepperFile().toString()),
            entry("TOKEN_SERVICE_BOOTSTRAP_TOKEN_FILE", folder.adminToken().toString()),
            entry("TOKEN_SERVICE_BOOTSTRAP_USER", AdminToken.USER),
            entry("TOKEN_SERVICE_LEAK_REPORT_TRUSTED_PROXIES", GATEWAY),
            entry("TOKEN_SERVICE_DEFAULT_POOL", WorkflowApi.POOL)));
    return new ChildSpec(
        "token-service",
        java(installation.tokenService()),
        environment,
        folder.log("token-service"));
  }

  ChildSpec authExchange() {
    Map<String, String> environment = new HashMap<>();
    environment.putAll(
        common(ports.authExchange(), ports.authExchangeManagement(), DatabaseSetup.AUTH_EXCHANGE));
    environment.put("AUTH_EXCHANGE_ISSUER", publicUrl);
    environment.put("AUTH_EXCHANGE_PEPPER_FILE", secrets().pepperFile().toString());
    environment.put("AUTH_EXCHANGE_KEY_FILE", secrets().keyFile().toString());
    environment.put("AUTH_EXCHANGE_LIMITS_TRUSTED_PROXIES", GATEWAY);
    return new ChildSpec(
        "auth-exchange-service",
        java(installation.authExchange()),
        environment,
        folder.log("auth-exchange-service"));
  }

  /** The exchange's own address: keys are read directly, not around through the gateway. */
  String jwks() {
    return "http://127.0.0.1:%d/api/auth/keys".formatted(ports.authExchange());
  }

  private Map<String, String> common(int port, int managementPort, String databaseUser) {
    return Map.of(
        "QUARKUS_HTTP_HOST", "127.0.0.1",
        "QUARKUS_HTTP_PORT", Integer.toString(port),
        "QUARKUS_MANAGEMENT_HOST", "127.0.0.1",
        "QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort),
        "QUARKUS_DATASOURCE_REACTIVE_URL",
            "postgresql://127.0.0.1:%d/%s".formatted(ports.postgres(), DatabaseSetup.DATABASE),
        "QUARKUS_DATASOURCE_USERNAME", databaseUser,
        "QUARKUS_DATASOURCE_PASSWORD", secrets().password(databaseUser).reveal());
  }

  private List<String> java(Path jar, String... arguments) {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Installation.java(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dosmo.stack=" + folder.processMark(),
                "-jar",
                jar.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private Secrets secrets() {
    return new Secrets(folder.secrets());
  }
}
