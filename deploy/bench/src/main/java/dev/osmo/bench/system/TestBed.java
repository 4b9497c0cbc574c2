package dev.osmo.bench.system;

import dev.osmo.bench.ceiling.Ceiling;
import dev.osmo.bench.report.Progress;
import dev.osmo.bench.system.SeededTokens.Crowd;
import dev.osmo.bench.system.SpreadTokens.Part;
import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.folder.Secrets;
import dev.osmo.local.postgres.DatabaseSetup;
import dev.osmo.local.postgres.PostgresServer;
import dev.osmo.local.process.ChildSpec;
import dev.osmo.local.process.Children;
import dev.osmo.local.process.FreePorts;
import dev.osmo.pat.Pepper;
import dev.osmo.pat.Peppers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A new PostgreSQL with default durability, migrated and filled, and the programs that use it. The
 * current folder is the project's.
 */
public final class TestBed implements AutoCloseable {

  private static final String TOKEN_SERVICE = "token-service/target/quarkus-app/quarkus-run.jar";
  private static final String EXCHANGE = "auth-exchange-service/target/quarkus-app/quarkus-run.jar";
  private static final Path BOOTSTRAP =
      Path.of("token-service/src/main/resources/db/bootstrap.sql");

  /** So many that the limit of each token is far away, few enough for a quick start. */
  private static final int REAL = 200;

  private static final String ISSUER = "http://localhost";

  /** The limits are not what is measured. */
  private static final String UNLIMITED = "100000000";

  /** Few enough to see that it goes on, and for memory. */
  private static final int TOKENS_AT_ONCE = 200_000;

  /** Users of each kind whose tokens are listed. */
  private static final int OWNERS = 20;

  /** Users who create and rotate tokens: so many that few requests wait for a user's lock. */
  private static final int MAKERS = 200;

  private final Children children = new Children();
  private final Seeding seeding;
  private final List<String> java;
  private final DataFolder folder;
  private final Secrets secrets;
  private final PostgresServer postgres;
  private final long postmaster;
  private SpreadTokens tokens;
  private List<String> exchanged;
  private @Nullable Owners owners;

  /**
   * What the database has.
   *
   * @param tokens for exchanges
   * @param real how many of them can be exchanged, at least
   * @param roles of each user and of each token
   * @param postgres settings of PostgreSQL: names and values
   */
  public record Seeding(int tokens, int real, int roles, Map<String, String> postgres) {

    public Seeding {
      tokens = Math.max(tokens, REAL);
      real = Math.clamp(real, REAL, tokens);
      postgres = Map.copyOf(postgres);
    }
  }

  /** Real tokens of those whose requests go to token-service. */
  private record Owners(
      List<String> ofTen, List<String> ofHundred, List<String> makers, String administrator) {}

  private TestBed(Path data, Seeding seeding, List<String> java) throws SQLException {
    this.seeding = seeding;
    this.java = List.copyOf(java);
    this.folder = DataFolder.open(data);
    this.secrets = new Secrets(folder.secretsFolder());
    this.postgres =
        PostgresServer.start(folder, FreePorts.find(1).getFirst(), seeding.postgres(), children);
    new DatabaseSetup(postgres, secrets).run(BOOTSTRAP);
    migrate();
    try (Connection superuser = connect()) {
      this.postmaster = postmaster(superuser);
      SeededTokens seeded = seeded(superuser);
      List<String> real = seeded.insert(crowd("u", seeding.tokens(), seeding.real()));
      this.tokens = new SpreadTokens(List.of(new Part(seeding.tokens(), real)));
      this.exchanged = real;
      seeded.settle();
    }
  }

  /**
   * Deletes the folder, then sets everything up in it.
   *
   * @param java the options of the services' Java runtimes
   */
  public static TestBed prepare(Path data, Seeding seeding, List<String> java)
      throws IOException, SQLException {
    if (Files.exists(data)) {
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return new TestBed(data, seeding, java);
  }

  public Path folder() {
    return folder.root();
  }

  /** The process id of the server, whose children do PostgreSQL's work. */
  public long postmaster() {
    return postmaster;
  }

  public Workloads workloads() {
    return new Workloads(exchanged);
  }

  /** How many tokens the database has, of all users. */
  public long countTokens() throws SQLException {
    try (Connection superuser = connect();
        Statement statement = superuser.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM osmo.access_token")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /**
   * Inserts tokens until there are at least so many for exchanges, says how far it is, and
   * exchanges each that can be exchanged once.
   *
   * @param real so many are then exchanged by {@link #workloads}, evenly spread over all of them
   */
  public void growTo(int total, int real, Server exchange)
      throws SQLException, IOException, InterruptedException {
    try (Connection superuser = connect()) {
      SeededTokens seeded = seeded(superuser);
      seeded.careless();
      try {
        List<Crowd> missing = missing(total, Math.min(real, total));
        AtomicInteger inserted = new AtomicInteger(tokens.rows());
        // On all processors: each insertion keeps one of PostgreSQL's processes busy.
        for (Part part :
            missing.parallelStream().map(crowd -> insert(crowd, inserted, total)).toList()) {
          tokens = tokens.and(part);
        }
      } finally {
        seeded.careful();
      }
      Progress.say("vacuuming");
      seeded.settle();
    }
    exchanged = tokens.evenly(Math.min(real, total));
    Progress.say("exchanging %,d tokens for the first time".formatted(exchanged.size()));
    new Jwts(exchange).of(exchanged);
  }

  private List<Crowd> missing(int total, int real) {
    List<Crowd> crowds = new ArrayList<>();
    for (int rows = tokens.rows(); rows < total; rows += TOKENS_AT_ONCE) {
      int next = Math.min(total - rows, TOKENS_AT_ONCE);
      crowds.add(crowd("g%dx".formatted(rows), next, SpreadTokens.realAmong(next, total, real)));
    }
    return crowds;
  }

  private Part insert(Crowd crowd, AtomicInteger inserted, int total) {
    try (Connection superuser = connect()) {
      Part part = new Part(crowd.tokens(), seeded(superuser).insert(crowd));
      Progress.say(
          "inserted %,d of %,d tokens".formatted(inserted.addAndGet(crowd.tokens()), total));
      return part;
    } catch (SQLException e) {
      throw new IllegalStateException("The tokens were not inserted: " + e.getMessage(), e);
    }
  }

  /** The work of token-service, with JWTs that this exchange issues now. */
  public TokenWorkloads tokenWorkloads(Server exchange)
      throws IOException, InterruptedException, SQLException {
    Owners known = owners();
    Jwts jwts = new Jwts(exchange);
    return new TokenWorkloads(
        jwts.of(known.ofTen()), jwts.of(known.ofHundred()), jwts.of(known.makers()));
  }

  /** A JWT of an administrator. */
  public String administrator(Server exchange)
      throws IOException, InterruptedException, SQLException {
    return new Jwts(exchange).of(owners().administrator());
  }

  /** Inserts them the first time, so that a run without token-service does not need them. */
  private Owners owners() throws SQLException {
    Owners known = owners;
    if (known == null) {
      try (Connection superuser = connect()) {
        SeededTokens seeded = seeded(superuser);
        List<String> ten = seeded.insert(new Crowd("ten", OWNERS, 10 * OWNERS, OWNERS));
        List<String> hundred = seeded.insert(new Crowd("hundred", OWNERS, 100 * OWNERS, OWNERS));
        List<String> makers = seeded.insert(new Crowd("maker", MAKERS, 2 * MAKERS, MAKERS));
        Crowd administrators = new Crowd("admin", 1, 1, 1);
        String administrator = seeded.insert(administrators).getFirst();
        seeded.makeAdministrator(administrators);
        seeded.settle();
        known = new Owners(ten, hundred, makers, administrator);
      }
      owners = known;
    }
    return known;
  }

  /** Inserts users who have so many tokens each, all with {@code role-1}. */
  public void insertCarriers(String name, int users, int tokensEach) throws SQLException {
    try (Connection superuser = connect()) {
      SeededTokens seeded = seeded(superuser);
      seeded.insert(new Crowd(name, users, users * tokensEach, 0));
      seeded.settle();
    }
  }

  /** Users who have ten tokens each. */
  private static Crowd crowd(String name, int tokens, int real) {
    return new Crowd(name, Math.max(1, tokens / 10), tokens, real);
  }

  private SeededTokens seeded(Connection superuser) {
    return new SeededTokens(superuser, pepper(), seeding.roles());
  }

  /** A connection of the superuser to the database of the services. */
  public Connection connect() throws SQLException {
    return postgres.connect(DatabaseSetup.DATABASE);
  }

  public Server startTokenService(Server exchange) {
    return tokenService(exchange).start();
  }

  /** token-service, which has the keys of this exchange. */
  public ServiceProgram tokenService(Server exchange) {
    List<Integer> ports = FreePorts.find(2);
    Map<String, String> environment = service(ports, DatabaseSetup.TOKEN_SERVICE);
    environment.put("TOKEN_SERVICE_ISSUER", ISSUER);
    environment.put(
        "TOKEN_SERVICE_JWKS_URL", "http://127.0.0.1:%d/api/auth/keys".formatted(exchange.port()));
    environment.put("TOKEN_SERVICE_PEPPER_FILE", secrets.pepperFile().toString());
    environment.put("TOKEN_SERVICE_LIMITS_REQUESTS_PER_MINUTE", UNLIMITED);
    environment.put("TOKEN_SERVICE_LIMITS_CHANGES_PER_MINUTE", UNLIMITED);
    environment.put("TOKEN_SERVICE_POLICY_MAX_LIVE_TOKENS", UNLIMITED);
    environment.put("TOKEN_SERVICE_POLICY_MAX_TOKENS", UNLIMITED);
    return service("tokens", TOKEN_SERVICE, environment, ports);
  }

  public Server startExchange() {
    return exchange().start();
  }

  public ServiceProgram exchange() {
    return exchange("exchange", Map.of());
  }

  /** An exchange that runs Argon2 for each request, as for a token that it has not seen before. */
  public Server startColdExchange() {
    return exchange("cold", Map.of("AUTH_EXCHANGE_VERIFICATION_REMEMBERED", "1")).start();
  }

  /** Another exchange for the same database, with the same key. */
  public Server startReplica(int number) {
    return exchange("replica-" + number, Map.of()).start();
  }

  private ServiceProgram exchange(String name, Map<String, String> settings) {
    List<Integer> ports = FreePorts.find(2);
    Map<String, String> environment = service(ports, DatabaseSetup.AUTH_EXCHANGE);
    environment.put("AUTH_EXCHANGE_ISSUER", ISSUER);
    environment.put("AUTH_EXCHANGE_PEPPER_FILE", secrets.pepperFile().toString());
    environment.put("AUTH_EXCHANGE_KEY_FILE", secrets.keyFile().toString());
    environment.put("AUTH_EXCHANGE_JWT_TTL", "PT1H");
    environment.put("AUTH_EXCHANGE_LIMITS_EXCHANGES_PER_MINUTE", UNLIMITED);
    environment.put("AUTH_EXCHANGE_LIMITS_INTROSPECTIONS_PER_MINUTE", UNLIMITED);
    environment.put("AUTH_EXCHANGE_LIMITS_FAILURES_PER_MINUTE", UNLIMITED);
    environment.putAll(settings);
    return service(name, EXCHANGE, environment, ports);
  }

  private Map<String, String> service(List<Integer> ports, String databaseUser) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", ports.get(0).toString());
    environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    environment.put("QUARKUS_MANAGEMENT_PORT", ports.get(1).toString());
    environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", reactiveUrl());
    environment.put("QUARKUS_DATASOURCE_USERNAME", databaseUser);
    environment.put("QUARKUS_DATASOURCE_PASSWORD", password(databaseUser));
    return environment;
  }

  private ServiceProgram service(
      String name, String jar, Map<String, String> environment, List<Integer> ports) {
    return new ServiceProgram(
        name, jar, java, environment, ports.get(0), ports.get(1), folder.log(name));
  }

  /** Whether {@link #startFront} finds its program. */
  public static boolean hasFront() {
    return Front.isInstalled();
  }

  /** What a user types to get that program. */
  public static List<String> installationOfFront() {
    return List.of("apt-get", "install", "haproxy");
  }

  /** Starts a front for replicas of the exchange. */
  public Server startFront(String name, List<Server> exchanges) {
    Front front =
        new Front(
            FreePorts.find(1).getFirst(),
            Optional.empty(),
            exchanges.stream().map(Server::port).toList(),
            Optional.empty());
    return front.start(name, folder.root().resolve(name + ".cfg"), folder.log(name));
  }

  /**
   * Starts a front with TLS for both services.
   *
   * @param certificate the file with its certificate and key
   */
  public Server startFront(String name, Server exchange, Server tokenService, Path certificate) {
    Front front =
        new Front(
            FreePorts.find(1).getFirst(),
            Optional.of(certificate),
            List.of(exchange.port()),
            Optional.of(tokenService.port()));
    return front.start(name, folder.root().resolve(name + ".cfg"), folder.log(name));
  }

  /** A token of a user who has ten. */
  public String tokenOfOwnerOfTen() throws SQLException {
    return owners().ofTen().getFirst();
  }

  /** Starts the gateway of the local system in front of the exchange. */
  public Server startGateway(Server exchange) {
    int port = FreePorts.find(1).getFirst();
    return Server.startJava(
        "gateway",
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            GatewayProgram.class.getName(),
            Integer.toString(port),
            Integer.toString(exchange.port())),
        Map.of(),
        port,
        folder.log("gateway"));
  }

  /**
   * Starts the ceiling program.
   *
   * @param batch how many look-ups it sends to PostgreSQL at once
   */
  public Server startCeiling(String name, int batch) {
    int port = FreePorts.find(1).getFirst();
    return Server.startJava(
        name,
        List.of(
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Ceiling.class.getName(),
            Integer.toString(port),
            reactiveUrl(),
            DatabaseSetup.AUTH_EXCHANGE,
            password(DatabaseSetup.AUTH_EXCHANGE),
            Base64.getEncoder().encodeToString(pepper().key().getEncoded()),
            Integer.toString(batch)),
        Map.of(),
        port,
        folder.log(name));
  }

  /** Starts Keycloak with a database of its own on the same PostgreSQL. */
  public Server startKeycloak() throws SQLException {
    try (Connection superuser = postgres.connect("postgres");
        Statement statement = superuser.createStatement()) {
      statement.execute("CREATE ROLE keycloak LOGIN PASSWORD 'keycloak'");
      statement.execute("CREATE DATABASE keycloak OWNER keycloak");
    }
    return KeycloakPeer.start(Path.of(""), postgres.jdbcUrl("keycloak"), folder.log("keycloak"));
  }

  /** What a reader needs to know of the machine. */
  public static Map<String, String> machine() {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    machine.put("java", System.getProperty("java.vm.version"));
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    return machine;
  }

  @Override
  public void close() {
    children.close();
  }

  private void migrate() {
    ChildSpec migration =
        new ChildSpec(
            "migrate",
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                TOKEN_SERVICE,
                "migrate"),
            Map.of(
                "TOKEN_SERVICE_MIGRATE_URL", postgres.jdbcUrl(DatabaseSetup.DATABASE),
                "TOKEN_SERVICE_MIGRATE_USERNAME", DatabaseSetup.OWNER,
                "TOKEN_SERVICE_MIGRATE_PASSWORD", password(DatabaseSetup.OWNER)),
            folder.log("migrate"));
    if (children.run(migration) != 0) {
      throw new IllegalStateException("The migration failed; see " + migration.log() + ".");
    }
  }

  private String reactiveUrl() {
    return "postgresql://127.0.0.1:%d/%s".formatted(postgres.port(), DatabaseSetup.DATABASE);
  }

  private String password(String user) {
    return secrets.password(user).value();
  }

  private Pepper pepper() {
    try {
      return Peppers.parse(Files.readAllLines(secrets.pepperFile())).minting();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long postmaster(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
      rows.next();
      return ProcessHandle.of(rows.getLong(1)).flatMap(ProcessHandle::parent).orElseThrow().pid();
    }
  }
}
