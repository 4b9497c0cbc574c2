package dev.osmo.local.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.local.process.FreePorts;
import dev.osmo.local.production.Operator.Running;
import dev.osmo.local.production.PublicClient.Answer;
import dev.osmo.testkit.process.Finished;
import dev.osmo.testkit.waiting.Patience;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages {@code installing}, {@code rotation} and {@code backup}, command by command, on the
 * PostgreSQL and the nginx of Debian's packages. Runs with {@code -Dosmo.production}. The tests run
 * in order, as the operator reads. Every server has its own port, and all have the name {@code
 * localhost}.
 */
@EnabledIfSystemProperty(named = "osmo.production", matches = ".*")
@TestMethodOrder(OrderAnnotation.class)
class ProductionIT {
  private static final OperatorPage INSTALLING = OperatorPage.of("installing.rst");
  private static final OperatorPage ROTATION = OperatorPage.of("rotation.rst");
  private static final OperatorPage BACKUP = OperatorPage.of("backup.rst");

  private static final String EXCHANGE = "/api/auth/jwt/access_token";
  private static final String UNKNOWN = "osmo_" + "0".repeat(28) + "2duGrq";
  private static final String CHECK = INSTALLING.block("Services", "/q/health/ready");
  private static final String SERVER = INSTALLING.block("Database", "ssl_cert_file =");
  private static final String ACCESS = INSTALLING.block("Database", "hostssl ");

  @TempDir static Path folder;

  private static int database;
  private static int restored;
  private static Operator operator;
  private static DebianPostgres postgres;
  private static DebianPostgres second;
  private static Running tokenService;
  private static Running exchange;
  private static Running nginx;
  private static PublicClient client;
  private static String administrator;
  private static String pipeline;

  /** The steps build on each other, so nothing is tried after one that failed. */
  @RegisterExtension static final FirstFailure FIRST_FAILURE = new FirstFailure();

  /** An address of the pages and a server of this run. */
  private record Ports(
      int token, int tokenManagement, int exchange, int exchangeManagement, int gateway) {}

  private static Ports ports;

  @BeforeAll
  static void prepare() throws IOException {
    assertThat(DebianPostgres.programsOfThisMachine())
        .as("Debian's package postgresql is installed")
        .isPresent();
    List<Integer> free = FreePorts.find(7);
    database = free.get(0);
    restored = free.get(1);
    ports = new Ports(free.get(2), free.get(3), free.get(4), free.get(5), free.get(6));
    operator = new Operator(folder, names(database));
    // The operator stands in a checkout, and what the commands write is elsewhere.
    for (String part :
        List.of("deploy", "token-service", "auth-exchange-service", "osmo-cli", ".mvn")) {
      Files.createSymbolicLink(folder.resolve(part), OperatorPage.HOME.resolve(part));
    }
  }

  @AfterAll
  static void stop() {
    for (Running one : new Running[] {nginx, tokenService, exchange}) {
      // One that does not stop must not leave the others running.
      if (one != null) {
        one.kill();
      }
    }
    for (DebianPostgres one : new DebianPostgres[] {postgres, second}) {
      if (one != null) {
        one.close();
      }
    }
  }

  private static Map<String, String> names(int databasePort) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("token-service.example.com:8443", "localhost:" + ports.token());
    names.put("auth-exchange-service.example.com:8443", "localhost:" + ports.exchange());
    names.put("$osmo_service.example.com", "localhost");
    names.put("https://osmo.example.com", "https://localhost:" + ports.gateway());
    names.put("listen 443", "listen 127.0.0.1:" + ports.gateway());
    names.put("$name.example.com", "localhost");
    names.put("db.example.com", "localhost");
    names.put("osmo.example.com", "localhost");
    names.put("5432", Integer.toString(databasePort));
    names.put("10.0.0.0/8", "127.0.0.1/32");
    names.put("10.0.0.5", "127.0.0.1");
    names.put("0.0.0.0", "127.0.0.1");
    for (String place :
        List.of("/etc/osmo", "/opt/osmo", "/etc/postgresql", "/etc/nginx", "/var/log/nginx")) {
      names.put(place, folder + "/root" + place);
    }
    // The users of the pages are those of a machine of its own.
    names.put("-o postgres -g postgres ", "");
    names.put("-o osmo -g osmo ", "");
    names.put("RELOAD_PERIOD=1H", "RELOAD_PERIOD=30S");
    return names;
  }

  @Test
  @Order(1)
  void secrets_and_certificates_are_made() throws IOException {
    operator.type(INSTALLING.blocks("Secrets").getFirst());
    operator.type(INSTALLING.blocks("Certificates").getFirst());

    assertThat(Files.readString(folder.resolve("secrets/pepper"))).startsWith("* p1 ");
    assertThat(operator.type("openssl verify -CAfile tls/ca.crt tls/*.crt"))
        .doesNotContain("error");
    administrator = Files.readString(folder.resolve("secrets/admin-token")).strip();
  }

  @Test
  @Order(2)
  void the_database_accepts_encrypted_connections_only() throws IOException {
    operator.type(INSTALLING.block("Database", "install -d -o postgres"));
    postgres = DebianPostgres.start(operator, "postgres", database, SERVER, ACCESS);
    String users = INSTALLING.block("Database", "bootstrap.sh");
    operator.type(users);
    operator.type(users);

    Finished plain =
        operator.attempt(
            "PGPASSWORD=$(cat secrets/postgres.password) PGSSLMODE=disable"
                + " psql -h db.example.com -p 5432 -U postgres -c 'SELECT 1'");
    assertThat(plain.exitCode()).isNotZero();
    assertThat(plain.output()).contains("no encryption");
  }

  @Test
  @Order(3)
  void the_schema_is_migrated_and_only_over_tls_with_the_right_authority() {
    String migrate = INSTALLING.block("Database", "TOKEN_SERVICE_MIGRATE_URL");

    assertThat(
            operator
                .attempt(migrate.replace("verify-full&sslrootcert=tls/ca.crt", "disable"))
                .exitCode())
        .isNotZero();
    operator.type(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj"
            + " /CN=other -keyout other.key -out other.crt");
    assertThat(operator.attempt(migrate.replace("tls/ca.crt", "other.crt")).exitCode()).isNotZero();
    operator.type(migrate.replace("verify-full&sslrootcert=tls/ca.crt", "require"));
    operator.type(migrate);
  }

  @Test
  @Order(4)
  void both_services_start_by_their_documented_path() throws IOException {
    installService("token-service", "TOKEN_SERVICE_", ports.token(), ports.tokenManagement());
    installService(
        "auth-exchange-service", "AUTH_EXCHANGE_", ports.exchange(), ports.exchangeManagement());
    startServices();

    assertThat(
            postgres.psql(
                "osmo",
                "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE"
                    + " usename LIKE 'osmo%';"))
        .isEqualTo("t");
    assertThat(
            operator
                .attempt("curl -s http://localhost:%d/api/version".formatted(ports.token()))
                .exitCode())
        .as("without TLS")
        .isNotZero();
    assertThat(
            operator
                .attempt("curl -s https://localhost:%d/api/version".formatted(ports.token()))
                .exitCode())
        .as("with an authority that is not ours")
        .isNotZero();
  }

  /** The service trusts the authority of the file and no other for the key set. */
  @Test
  @Order(5)
  @Tag("I9")
  void the_key_set_of_an_impostor_is_not_fetched() throws Exception {
    tokenService.stop();
    Path environment = folder.resolve("root/etc/osmo/token-service.env");
    String right = Files.readString(environment);
    Files.writeString(
        environment, right + "TOKEN_SERVICE_JWKS_CA_FILE=" + folder.resolve("other.crt") + "\n");
    startTokenService();
    await()
        .atMost(Patience.LONG)
        .until(() -> tokenService.output().contains("key set fetch failed"));
    PublicClient direct =
        PublicClient.of("https://localhost:" + ports.exchange(), folder.resolve("tls/ca.crt"));
    String jwt =
        direct
            .postJson(EXCHANGE, new JsonObject().put("token", administrator))
            .object()
            .getString("token");
    assertThat(
            new PublicClient(direct.client(), "https://localhost:" + ports.token())
                .get("/api/auth/access_token", "Authorization", "Bearer " + jwt)
                .status())
        .isEqualTo(503);
    tokenService.stop();

    Files.writeString(
        environment,
        right.replaceAll("JWKS_CA_FILE=.*", "JWKS_CA_FILE=" + folder.resolve("secrets/pepper")));
    Finished refused = operator.attempt(startBlock("token-service"));
    assertThat(refused.exitCode()).as(refused.output()).isNotZero();
    assertThat(refused.output())
        .contains("file of certificate authorities")
        .doesNotContain("\tat ");

    Files.writeString(environment, right);
    startTokenService();
  }

  @Test
  @Order(6)
  void nginx_is_the_gateway() throws IOException {
    operator.type(INSTALLING.blocks("The gateway").getFirst());
    operator.type("mkdir -p /var/log/nginx");
    Path main =
        Files.writeString(
            folder.resolve("nginx.conf"),
            """
            daemon off;
            %1$s
            pid %2$s/nginx.pid;
            error_log %2$s/nginx-error.log;
            events { }
            http {
              client_body_temp_path %2$s/body;
              proxy_temp_path %2$s/proxy;
              include %2$s/osmo.conf;
            }
            """
                .formatted(
                    System.getProperty("user.name").equals("root") ? "user root;" : "", folder));
    Files.writeString(
        folder.resolve("osmo.conf"), operator.renamed(OperatorPage.read("nginx.conf")));
    nginx =
        operator
            .start("nginx", "exec nginx -c " + main)
            .awaitReady(operator, "curl -s --cacert tls/ca.crt https://osmo.example.com/");
    client = PublicClient.of("https://localhost:" + ports.gateway(), folder.resolve("tls/ca.crt"));
  }

  @Test
  @Order(7)
  void a_client_uses_http_2_and_the_services_are_behind_it() throws Exception {
    Answer version = client.get("/api/version");

    assertThat(version.status()).as(version.body()).isEqualTo(200);
    assertThat(version.raw().version()).isEqualTo(Version.HTTP_2);
    assertThat(client.get("/oauth2/token").status()).isEqualTo(405);
    assertThat(
            client
                .get("/.well-known/oauth-authorization-server")
                .object()
                .getString("token_endpoint"))
        .isEqualTo(client.url() + "/oauth2/token");
    assertThat(client.get("/api/auth/keys").raw().headers().firstValue("Cache-Control"))
        .hasValueSatisfying(value -> assertThat(value).contains("max-age"));
  }

  @Test
  @Order(7)
  void the_web_page_keeps_its_headers_behind_the_gateway() throws Exception {
    Answer page = client.get("/");

    assertThat(page.status()).as(page.body()).isEqualTo(200);
    assertThat(page.raw().headers().allValues("Content-Security-Policy"))
        .singleElement()
        .asString()
        .contains("script-src 'self'");
    assertThat(page.raw().headers().allValues("Cache-Control")).containsExactly("no-cache");
    assertThat(page.raw().headers().firstValue("Strict-Transport-Security")).isPresent();
    String version = page.raw().headers().firstValue("ETag").orElseThrow().replace("\"", "");
    assertThat(client.get("/ui/" + version + "/main.js").raw().headers().allValues("Cache-Control"))
        .containsExactly("public, max-age=31536000, immutable");
  }

  @Test
  @Order(7)
  void only_the_paths_of_the_route_table_are_forwarded() throws Exception {
    for (String path :
        List.of(
            "/index.html",
            "/q/metrics",
            "/q/health/ready",
            "/api/auth/session",
            "/api/auth/users",
            "/api/poolx",
            "/oauth2x")) {
      assertThat(client.get(path).body()).as(path).contains("no-such-route");
    }
    for (String path :
        List.of(
            "/api/auth/user/../session",
            "/api/auth/user/%2e%2e/session",
            "/api/auth/user/..%2fsession",
            "/api/auth//user",
            "/api/auth/user;x/y",
            "/api/auth/user/%00",
            "/api/auth/user/.",
            "/api/auth/user/%5c")) {
      assertThat(raw(path)).as(path).startsWith("400");
    }
  }

  /** As the services and the local stack respond. */
  @Test
  @Order(7)
  void what_nginx_refuses_itself_is_a_problem_document() throws IOException {
    new GatewayRefusals(operator, ports.gateway()).check();
  }

  /** Services refuse a body of unknown length; nginx knows it. */
  @Test
  @Order(7)
  void a_body_without_a_length_arrives_with_one() throws Exception {
    byte[] body =
        new JsonObject().put("token", administrator).encode().getBytes(StandardCharsets.UTF_8);

    assertThat(client.stream(EXCHANGE, new ByteArrayInputStream(body)).status()).isEqualTo(200);
    assertThat(
            client.postJson(EXCHANGE, new JsonObject().put("token", "x".repeat(70_000))).status())
        .isEqualTo(413);
  }

  @Test
  @Order(8)
  void the_first_administrator_signs_in_and_a_user_gets_a_jwt_by_the_sidecar() throws Exception {
    List<String> steps = INSTALLING.blocks("The first administrator");
    operator.type(steps.get(0) + steps.get(1));
    assertThat(exchange(administrator).status()).as("the first token").isEqualTo(401);
    administrator = Files.readString(folder.resolve("carol-token")).strip();
    operator.type(
        """
        export OSMO_CA_FILE=tls/ca.crt
        osmo token set pipeline --user alice@example.com -q > pipeline-token
        export OSMO_URL=https://osmo.example.com OSMO_TOKEN_FILE=pipeline-token
        osmo token list
        osmo sidecar once --sink=file:jwt
        """);
    pipeline = Files.readString(folder.resolve("pipeline-token")).strip();

    assertThat(Files.readString(folder.resolve("jwt")).split("\\.", -1)).hasSize(3);
    Answer tokens =
        client.get(
            "/api/auth/access_token",
            "Authorization",
            "Bearer " + Files.readString(folder.resolve("jwt")).strip());
    assertThat(tokens.body()).contains("pipeline");
  }

  /**
   * Sixty invalid tokens a minute are allowed to an address, and one address sends all of these.
   */
  @Test
  @Order(9)
  @Tag("I10")
  void a_client_cannot_choose_its_address() throws Exception {
    int last = 0;
    for (int i = 0; i < 1000 && last != 429; i++) {
      String invented = "198.51.%d.%d".formatted(i / 256, i % 256);
      last =
          client
              .postJson(
                  EXCHANGE,
                  new JsonObject().put("token", UNKNOWN),
                  "X-Forwarded-For",
                  invented,
                  "X-Real-IP",
                  invented,
                  "Forwarded",
                  "for=" + invented)
              .status();
    }
    assertThat(last).isEqualTo(429);
    assertThat(exchange(administrator).status()).as("a valid token").isEqualTo(200);
  }

  @Test
  @Order(10)
  void a_renewed_certificate_is_used_without_a_restart() throws Exception {
    String certificates = INSTALLING.blocks("Certificates").getFirst();
    String before = serial();
    operator.type(certificates.substring(certificates.indexOf("for name in")));
    operator.type(ROTATION.blocks("Certificates").getFirst());

    await()
        .atMost(Patience.LONG)
        .until(ProductionIT::serial, now -> !now.isEmpty() && !now.equals(before));
    assertThat(client.get("/api/version").status()).isEqualTo(200);
  }

  @Test
  @Order(11)
  void a_signing_key_is_rotated() throws Exception {
    int before = client.get("/api/auth/keys").object().getJsonArray("keys").size();
    operator.type(ROTATION.blocks("Signing keys").getFirst());

    await()
        .atMost(Patience.LONG)
        .until(() -> client.get("/api/auth/keys").object().getJsonArray("keys").size() > before);
  }

  @Test
  @Order(12)
  void the_pepper_is_rotated_and_old_tokens_stay_valid() throws Exception {
    List<String> steps = ROTATION.blocks("The pepper");
    operator.type(steps.get(0));
    restart();
    operator.type(steps.get(1));
    restart();
    String made = create("after-pepper");

    assertThat(exchange(pipeline).status()).isEqualTo(200);
    assertThat(exchange(made).status()).isEqualTo(200);
    assertThat(
            postgres.psql(
                "osmo", "SELECT DISTINCT pepper_id FROM osmo.access_token_secret ORDER BY 1;"))
        .isEqualTo("p1\np2");
  }

  @Test
  @Order(13)
  void a_password_is_rotated() throws Exception {
    String before = Files.readString(folder.resolve("secrets/osmo_token_service.password"));
    operator.type(ROTATION.blocks("Passwords of the database").getFirst());
    restart();

    assertThat(client.get("/api/version").status()).isEqualTo(200);
    assertThat(
            operator
                .attempt(
                    "PGSSLMODE=require PGPASSWORD=%s psql -h localhost -p 5432 -U osmo_token_service -d osmo -c 'SELECT 1'"
                        .formatted(before.strip()))
                .output())
        .contains("password authentication failed");
  }

  @Test
  @Order(14)
  @Tag("I2")
  @Tag("I3")
  void a_restored_database_is_refused_until_the_operator_has_decided() throws Exception {
    String revoked = create("revoked-later");
    String access = "SELECT datacl FROM pg_database WHERE datname = 'osmo';";
    String accessBefore = postgres.psql("osmo", access);
    operator.type(BACKUP.blocks("Backup and restore").getFirst());

    assertThat(delete("/api/auth/user/alice@example.com/access_token/revoked-later"))
        .isEqualTo(200);
    assertThat(delete("/api/auth/user/alice@example.com/roles/osmo-user")).isEqualTo(200);
    await().atMost(Patience.LONG).until(() -> exchange.output().contains("pruned removal_id="));
    tokenService.stop();
    exchange.stop();
    new GatewayRefusals(operator, ports.gateway())
        .check("503 service-unavailable", "https://osmo.example.com/api/version");
    Files.copy(exchange.log(), folder.resolve("exchange.log"));
    postgres.close();

    operator = new Operator(folder, names(restored));
    second = DebianPostgres.start(operator, "second", restored, SERVER, ACCESS);
    List<String> steps = BACKUP.blocks("Restore");
    operator.type(steps.get(0));
    assertThat(second.psql("osmo", access)).isEqualTo(accessBefore);
    operator.type(
        "sed -i s/%d/%d/ /etc/osmo/token-service.env /etc/osmo/auth-exchange-service.env"
            .formatted(database, restored));
    for (String service : List.of("token-service", "auth-exchange-service")) {
      assertThat(operator.attempt(startBlock(service)).output()).contains("restored");
    }
    operator.type(steps.get(1));
    for (String service : List.of("token-service", "auth-exchange-service")) {
      assertThat(operator.attempt(startBlock(service)).exitCode()).isNotZero();
    }

    operator.type(steps.get(2));
    assertThat(Files.readString(folder.resolve("removals")))
        .contains("alice@example.com osmo-user");
    String decision = steps.get(3).replace("2026-11-30T16:00:00Z", Instant.now().toString());
    assertThat(operator.type(decision)).contains("accepted at epoch 1", "Roles removed: 1.");
    operator.type(steps.get(4));
    startServices();
    operator.type(steps.get(5));

    for (String token : List.of(revoked, pipeline, administrator)) {
      assertThat(exchange(token).status()).isEqualTo(401);
    }
    administrator =
        Files.readString(folder.resolve("root/etc/osmo/token-service/admin-token")).strip();
    assertThat(client.get("/api/auth/user/alice@example.com/roles", authorization()).body())
        .doesNotContain("osmo-user");
  }

  private static void installService(String service, String prefix, int port, int management)
      throws IOException {
    operator.type(INSTALLING.block("Services", "cp -r " + service + "/"));
    write(
        service + ".env",
        INSTALLING.block("Services", "\n" + prefix + "ISSUER="),
        port,
        management);
  }

  private static void startServices() {
    startTokenService();
    exchange =
        operator
            .start("auth-exchange-service", startBlock("auth-exchange-service"))
            .awaitReady(operator, check(ports.exchangeManagement()));
    // Until it has the keys of the exchange, token-service refuses every JWT.
  }

  private static void startTokenService() {
    tokenService =
        operator
            .start("token-service", startBlock("token-service"))
            .awaitReady(operator, check(ports.tokenManagement()));
  }

  private static void restart() {
    tokenService.stop();
    exchange.stop();
    startServices();
  }

  private static String startBlock(String service) {
    return INSTALLING.block("Services", "exec java -jar /opt/osmo/" + service + "/");
  }

  private static String check(int management) {
    return CHECK.replace("9000", Integer.toString(management));
  }

  private static void write(String name, String content, int port, int management)
      throws IOException {
    Files.writeString(
        folder.resolve("root/etc/osmo").resolve(name),
        operator.renamed(
            content
                .replace("SSL_PORT=8443", "SSL_PORT=" + port)
                .replace("MANAGEMENT_PORT=9000", "MANAGEMENT_PORT=" + management)));
  }

  private static Answer exchange(String token) throws IOException, InterruptedException {
    return client.postJson(EXCHANGE, new JsonObject().put("token", token));
  }

  private static String[] authorization() throws IOException, InterruptedException {
    return new String[] {
      "Authorization", "Bearer " + exchange(administrator).object().getString("token")
    };
  }

  private static String create(String name) throws IOException, InterruptedException {
    await()
        .atMost(Patience.LONG)
        .until(() -> client.get("/api/auth/access_token", authorization()).status() == 200);
    Answer created =
        client.postEmpty("/api/auth/user/alice@example.com/access_token/" + name, authorization());
    assertThat(created.status()).as(created.body()).isEqualTo(200);
    return created.body().replace("\"", "");
  }

  private static int delete(String path) throws IOException, InterruptedException {
    String header = String.join(": ", authorization());
    return Integer.parseInt(
        operator.type(
            "curl -s --cacert tls/ca.crt -o /dev/null -w '%%{http_code}' -X DELETE -H '%s' https://osmo.example.com%s"
                .formatted(header, path)));
  }

  /** As written: the status and the body. */
  private static String raw(String path) {
    return operator.type(
        "curl -s --path-as-is --cacert tls/ca.crt -w '%%{http_code}' -o raw.body 'https://osmo.example.com%s'; cat raw.body"
            .formatted(path));
  }

  /** Empty if a new connection fails, as it may while the certificate is replaced. */
  private static String serial() {
    Finished result =
        operator.attempt(
            "openssl s_client -connect token-service.example.com:8443 </dev/null 2>/dev/null"
                + " | openssl x509 -noout -serial");
    return result.exitCode() == 0 ? result.output() : "";
  }
}
