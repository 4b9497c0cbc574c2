package dev.osmo.local.launch;

import static java.util.Map.entry;

import dev.osmo.local.accounts.AdminToken;
import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.folder.Secrets;
import dev.osmo.local.postgres.DatabaseSetup;
import dev.osmo.local.process.ChildSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command and environment of each service. */
record Services(Installation installation, DataFolder folder, Ports ports, String publicUrl) {

  /** The address of the gateway. Both services trust its forwarding headers. */
  private static final String GATEWAY_ADDRESSES = "127.0.0.1,::1";

  /** The pool of the sample API, and the default pool of all users. */
  private static final String SAMPLE_API_POOL = "default";

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
            entry("TOKEN_SERVICE_LEAK_REPORT_TRUSTED_PROXIES", GATEWAY_ADDRESSES),
            entry("TOKEN_SERVICE_DEFAULT_POOL", SAMPLE_API_POOL)));
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
    environment.put("AUTH_EXCHANGE_LIMITS_TRUSTED_PROXIES", GATEWAY_ADDRESSES);
    return new ChildSpec(
        "auth-exchange-service",
        java(installation.authExchange()),
        environment,
        folder.log("auth-exchange-service"));
  }

  /**
   * The exchange itself and not the gateway, which does not forward until all services are ready.
   */
  private String jwks() {
    return "http://127.0.0.1:%d/api/auth/keys".formatted(ports.authExchange());
  }

  /**
   * The sample API knows the public address only, like any other resource server. The gateway
   * forwards requests for keys later than the start of this process; SmallRye JWT fetches them with
   * the first JWT.
   */
  ChildSpec sampleApi() {
    Map<String, String> environment =
        Map.of(
            "QUARKUS_HTTP_HOST",
            "127.0.0.1",
            "QUARKUS_HTTP_PORT",
            Integer.toString(ports.sampleApi()),
            "SAMPLE_API_URL",
            publicUrl,
            "SAMPLE_API_FOLDER",
            folder.workflows().toString());
    return new ChildSpec(
        "sample-api", smallJava(installation.sampleApi()), environment, folder.log("sample-api"));
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
    return command(List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED"), jar, arguments);
  }

  /** For a process of which a short start and little memory matter more than throughput. */
  private List<String> smallJava(Path jar) {
    return command(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), jar);
  }

  private List<String> command(List<String> options, Path jar, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Installation.java());
    command.addAll(options);
    command.add("-Dosmo.stack=" + folder.processMark());
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private Secrets secrets() {
    return new Secrets(folder.secrets());
  }
}
