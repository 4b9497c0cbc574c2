package dev.osmo.local.launch;

import static java.util.Map.entry;

import dev.osmo.local.accounts.AdminToken;
import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.folder.Secrets;
import dev.osmo.local.postgres.DatabaseSetup;
import dev.osmo.local.process.ChildSpec;
import dev.osmo.local.provider.LocalProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The command and environment of each service.
 *
 * @param audiences other audiences that a client may request a JWT for
 */
record Services(
    Installation installation,
    DataFolder folder,
    Ports ports,
    String publicUrl,
    List<String> audiences) {

  /** The address of the gateway. Both services trust its forwarding headers. */
  private static final String GATEWAY_ADDRESSES = "127.0.0.1,::1";

  /** The pool of the sample API, and the default pool of all users. */
  private static final String SAMPLE_API_POOL = "default";

  /**
   * A local stack starts often and has few users. The first compiler tier and the serial collector
   * halve the CPU time of a start, and peak throughput does not matter.
   */
  private static final List<String> JVM_OPTIONS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");

  Services {
    audiences = List.copyOf(audiences);
  }

  ChildSpec migration() {
    Map<String, String> environment =
        Map.of(
            "TOKEN_SERVICE_MIGRATE_URL",
                "jdbc:postgresql://127.0.0.1:%d/%s"
                    .formatted(ports.postgres(), DatabaseSetup.DATABASE),
            "TOKEN_SERVICE_MIGRATE_USERNAME", DatabaseSetup.OWNER,
            "TOKEN_SERVICE_MIGRATE_PASSWORD", secrets().password(DatabaseSetup.OWNER).value());
    return new ChildSpec(
        "migrate",
        java("512m", installation.tokenService(), "migrate"),
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
    environment.put("TOKEN_SERVICE_IDENTITY_PROVIDERS_FILE", folder.identityProviders().toString());
    environment.putAll(ifPresent("TOKEN_SERVICE_TRUSTED_ISSUERS_FILE", folder.trustedIssuers()));
    environment.putAll(ifPresent("TOKEN_SERVICE_SCIM_CREDENTIAL_FILE", folder.scimCredentials()));
    environment.put("TOKEN_SERVICE_SCIM_PROVIDER", LocalProvider.NAME);
    environment.putAll(
        ifPresent("TOKEN_SERVICE_SECURITY_EVENTS_TRANSMITTERS_FILE", folder.eventTransmitters()));
    return new ChildSpec(
        "token-service",
        java("512m", installation.tokenService()),
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
    environment.put("AUTH_EXCHANGE_IDENTITY_PROVIDERS_FILE", folder.identityProviders().toString());
    environment.put("AUTH_EXCHANGE_TOKEN_SERVICE_URL", "http://127.0.0.1:" + ports.tokenService());
    environment.putAll(ifPresent("AUTH_EXCHANGE_TRUSTED_ISSUERS_FILE", folder.trustedIssuers()));
    if (!audiences.isEmpty()) {
      environment.put("AUTH_EXCHANGE_AUDIENCES", String.join(",", audiences));
    }
    return new ChildSpec(
        "auth-exchange-service",
        java("512m", installation.authExchange()),
        environment,
        folder.log("auth-exchange-service"));
  }

  private static Map<String, String> ifPresent(String variable, Path file) {
    return Files.exists(file) ? Map.of(variable, file.toString()) : Map.of();
  }

  /** The address of the exchange, because the gateway is closed until all services are ready. */
  private String jwks() {
    return "http://127.0.0.1:%d/api/auth/keys".formatted(ports.authExchange());
  }

  /**
   * The sample API uses only the public address, like any other resource server. SmallRye JWT
   * fetches the key set with the first JWT and not at the start, so the gateway may still be
   * closed.
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
        "sample-api", java("64m", installation.sampleApi()), environment, folder.log("sample-api"));
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
        "QUARKUS_DATASOURCE_PASSWORD", secrets().password(databaseUser).value());
  }

  private List<String> java(String heap, Path jar, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Installation.java());
    command.add("-Xmx" + heap);
    command.addAll(JVM_OPTIONS);
    command.addAll(AotCache.of(jar).options());
    command.add("-Dosmo.stack=" + folder.processTag());
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private Secrets secrets() {
    return new Secrets(folder.secretsFolder());
  }
}
