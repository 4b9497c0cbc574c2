package dev.osmo.images;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.local.accounts.AdminToken;
import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.folder.Secrets;
import dev.osmo.local.postgres.DatabaseSetup;
import dev.osmo.local.postgres.PostgresServer;
import dev.osmo.local.process.Children;
import dev.osmo.local.process.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A PostgreSQL of its own on this machine, and both services beside it, from any files. */
final class Installation implements AutoCloseable {
  static final String TOKEN_SERVICE = "token-service";
  static final String EXCHANGE = "auth-exchange-service";
  static final List<String> SERVICES = List.of(TOKEN_SERVICE, EXCHANGE);

  private static final String ISSUER = "http://osmo.test";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Children children = new Children();
  private final HttpClient http = HttpClient.newHttpClient();
  private final DataFolder folder;
  private final Secrets secrets;
  private final PostgresServer postgres;

  private Installation(Path data, Path checkout) {
    folder = DataFolder.open(data);
    secrets = new Secrets(folder.secretsFolder());
    postgres = PostgresServer.start(folder, FreePorts.find(1).getFirst(), children);
    new DatabaseSetup(postgres, secrets)
        .run(checkout.resolve("token-service/src/main/resources/db/bootstrap.sql"));
  }

  /** Starts PostgreSQL in a new folder, and creates the database and its users. */
  static Installation prepare(Path data, Path checkout) {
    return new Installation(data, checkout);
  }

  Path data() {
    return folder.root();
  }

  Path administratorToken() {
    return folder.adminToken();
  }

  /**
   * Migrates the schema.
   *
   * @param command of token-service, with the argument {@code migrate}
   */
  void migrate(List<String> command) {
    Map<String, String> settings =
        Map.of(
            "TOKEN_SERVICE_MIGRATE_URL", postgres.jdbcUrl(DatabaseSetup.DATABASE),
            "TOKEN_SERVICE_MIGRATE_USERNAME", DatabaseSetup.OWNER,
            "TOKEN_SERVICE_MIGRATE_PASSWORD", secrets.password(DatabaseSetup.OWNER).value());
    RunningService.start("migrate", command, settings, folder.log("migrate"), 0).awaitSuccess();
    try (Connection connection = postgres.connect(DatabaseSetup.DATABASE)) {
      new AdminToken(folder.adminToken()).renewWhenDue(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is done while both services run. */
  interface Work {
    void with(Running services);
  }

  /** Both services are ready. */
  record Running(
      Installation installation, RunningService exchange, RunningService tokens, int exchangePort) {
    String exchangeUrl() {
      return "http://127.0.0.1:" + exchangePort;
    }
  }

  /**
   * Starts one service after the other, waits until it is ready, uses both as an administrator
   * does, and stops them with SIGTERM.
   *
   * @param command of a service, by its name
   */
  void run(Function<String, List<String>> command, Work work) {
    List<Integer> ports = FreePorts.find(4);
    int exchangePort = ports.get(0);
    try (RunningService exchange =
            start(EXCHANGE, command, exchange(), ports.get(0), ports.get(1)).awaitReady();
        RunningService tokens =
            start(TOKEN_SERVICE, command, tokenService(exchangePort), ports.get(2), ports.get(3))
                .awaitReady()) {
      use("http://127.0.0.1:" + exchangePort, "http://127.0.0.1:" + ports.get(2));
      work.with(new Running(this, exchange, tokens, exchangePort));
      tokens.stop();
      exchange.stop();
    }
  }

  private RunningService start(
      String name,
      Function<String, List<String>> command,
      Map<String, String> settings,
      int port,
      int management) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
    environment.put(
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        "postgresql://127.0.0.1:%d/%s".formatted(postgres.port(), DatabaseSetup.DATABASE));
    return RunningService.start(
        name, command.apply(name), environment, folder.log(name), management);
  }

  private Map<String, String> tokenService(int exchangePort) {
    return Map.of(
        "QUARKUS_DATASOURCE_USERNAME",
        DatabaseSetup.TOKEN_SERVICE,
        "QUARKUS_DATASOURCE_PASSWORD",
        secrets.password(DatabaseSetup.TOKEN_SERVICE).value(),
        "TOKEN_SERVICE_ISSUER",
        ISSUER,
        "TOKEN_SERVICE_JWKS_URL",
        "http://127.0.0.1:%d/api/auth/keys".formatted(exchangePort),
        "TOKEN_SERVICE_PEPPER_FILE",
        secrets.pepperFile().toString(),
        "TOKEN_SERVICE_BOOTSTRAP_TOKEN_FILE",
        folder.adminToken().toString(),
        "TOKEN_SERVICE_BOOTSTRAP_USER",
        AdminToken.USER);
  }

  private Map<String, String> exchange() {
    return Map.of(
        "QUARKUS_DATASOURCE_USERNAME",
        DatabaseSetup.AUTH_EXCHANGE,
        "QUARKUS_DATASOURCE_PASSWORD",
        secrets.password(DatabaseSetup.AUTH_EXCHANGE).value(),
        "AUTH_EXCHANGE_ISSUER",
        ISSUER,
        "AUTH_EXCHANGE_PEPPER_FILE",
        secrets.pepperFile().toString(),
        "AUTH_EXCHANGE_KEY_FILE",
        secrets.keyFile().toString());
  }

  /** Exchanges the token of the administrator and lists tokens with the JWT. */
  private void use(String exchange, String tokens) {
    String pat = read(folder.adminToken());
    HttpRequest exchanging =
        HttpRequest.newBuilder(URI.create(exchange + "/api/auth/jwt/access_token"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"token\":\"" + pat + "\"}"))
            .build();
    String jwt = field(RunningService.patiently(() -> ok(exchanging)), "token");
    HttpRequest listing =
        HttpRequest.newBuilder(URI.create(tokens + "/api/auth/access_token"))
            .header("Authorization", "Bearer " + jwt)
            .build();
    // It is ready before it has the keys of the exchange.
    RunningService.patiently(() -> ok(listing));
  }

  /** The body of a response with the status 200; empty for any other. */
  private String ok(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    return response.statusCode() == 200 ? response.body() : "";
  }

  private static String field(String object, String name) {
    try {
      return JSON.readTree(object).path(name).asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    children.close();
  }
}
