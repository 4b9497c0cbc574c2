package dev.osmo.local.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.osmo.local.process.FreePorts;
import dev.osmo.local.production.FailOverLoad.Replica;
import dev.osmo.local.production.Operator.Running;
import dev.osmo.local.production.PatroniCluster.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * The page {@code standbys} with the Patroni, etcd and HAProxy of Debian's packages: two replicas
 * of each service, one with all servers in its URL and one behind HAProxy, under load. A ledger
 * knows every acknowledged change. Runs with {@code -Dosmo.patroni}, and with {@code
 * -Dosmo.patroni=tls} as the page describes production: three etcd hosts, and TLS with client
 * certificates between all parts.
 */
@Tag("I2")
@Tag("I3")
@Tag("I12")
@EnabledIfSystemProperty(named = "osmo.patroni", matches = ".*")
@TestMethodOrder(OrderAnnotation.class)
class PatroniIT {
  private static final OperatorPage INSTALLING = OperatorPage.of("installing.rst");
  private static final List<String> BLOCKS = PatroniRecipe.blocks();
  private static final PatroniRecipe RECIPE =
      System.getProperty("osmo.patroni", "").equals("tls")
          ? PatroniRecipe.withTls()
          : PatroniRecipe.forTrustedNetwork();
  private static final String SWITCH_OVER =
      OperatorPage.of("standbys.rst").blocks("Maintenance").getFirst();

  @TempDir static Path folder;

  private static List<Integer> free;
  private static Operator operator;
  private static PatroniCluster cluster;
  private static FailOverLoad load;
  private static final List<Running> running = new ArrayList<>();

  /** The steps build on each other, so nothing is tried after one that failed. */
  @RegisterExtension static final FirstFailure FIRST_FAILURE = new FirstFailure();

  @BeforeAll
  static void prepare() throws IOException {
    for (String program : List.of("/usr/bin/patroni", "/usr/bin/etcd", "/usr/sbin/haproxy")) {
      assumeTrue(Files.isExecutable(Path.of(program)), "SKIPPED: " + program + " is not installed");
    }
    free = FreePorts.find(21);
    Map<String, String> names = new LinkedHashMap<>();
    for (int number = 1; number <= 3; number++) {
      String name = "db" + number + ".example.com:";
      int database = free.get(2 * number - 2);
      int api = free.get(2 * number - 1);
      names.put(
          name + "5432 check port 8008", "127.0.0.1:%d check port %d".formatted(database, api));
      names.put(name + "5432", "localhost:" + database);
      names.put(name + "8008", "localhost:" + api);
    }
    names.put("PGHOST=db1.example.com PGPORT=5432", "PGHOST=localhost PGPORT=" + free.get(0));
    names.put("db.example.com:5000", "localhost:" + free.get(6));
    names.put("bind 0.0.0.0:5000", "bind 127.0.0.1:" + free.get(6));
    for (int number = 1; number <= 3; number++) {
      String name = "etcd" + number + ".example.com:";
      names.put(name + "2379", "localhost:" + free.get(2 * number + 5));
      names.put(name + "2380", "localhost:" + free.get(2 * number + 6));
    }
    names.put("etcd.example.com:2379", "localhost:" + free.get(7));
    names.put("$name.example.com", "localhost");
    names.put("10.0.0.0/8", "127.0.0.1/32");
    names.put(
        "/usr/lib/postgresql/15/bin", DebianPostgres.programsOfThisMachine().orElseThrow() + "");
    for (String tls : List.of("postgresql", "patroni", "etcd", "haproxy")) {
      names.put("/etc/" + tls + "/tls", folder + "/root/etc/" + tls + "/tls");
    }
    names.put("/var/lib/postgresql/", folder + "/root/var/lib/postgresql/");
    operator = new Operator(folder, names);
    for (String part : List.of("deploy", "token-service", "osmo-cli", ".mvn")) {
      Files.createSymbolicLink(folder.resolve(part), OperatorPage.HOME.resolve(part));
    }
  }

  @AfterAll
  static void stop() {
    if (load != null) {
      load.close();
    }
    running.forEach(Running::kill);
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @Order(1)
  void three_servers_have_a_primary_and_a_synchronous_standby() {
    operator.type(INSTALLING.blocks("Secrets").getFirst());
    operator.type(INSTALLING.blocks("Certificates").getFirst());
    operator.type(
        """
        mkdir -p /etc/postgresql/tls
        install -m 0600 tls/db.crt tls/db.key /etc/postgresql/tls
        """);
    operator.type(BLOCKS.get(0));
    if (!RECIPE.certificates().isEmpty()) {
      operator.type(RECIPE.certificates());
      operator.type(
          """
          mkdir -p /etc/patroni/tls /etc/etcd/tls /etc/haproxy/tls
          install -m 0600 cluster/ca.crt cluster/db?.* /etc/patroni/tls
          install -m 0600 cluster/ca.crt cluster/etcd?.* /etc/etcd/tls
          install -m 0600 cluster/ca.crt cluster/haproxy.pem /etc/haproxy/tls
          """);
    }
    cluster = new PatroniCluster(operator, RECIPE, BLOCKS.get(2), free.subList(0, 6));
    cluster.startAll(free.subList(7, 13));
  }

  /** Whoever reaches etcd can change the leader and the settings of PostgreSQL. */
  @Test
  @Order(2)
  @EnabledIfSystemProperty(named = "osmo.patroni", matches = "tls")
  void with_tls_etcd_and_patroni_refuse_who_has_no_certificate() {
    for (int port : List.of(free.get(7), free.get(9), free.get(11), free.get(1), free.get(3))) {
      String address = "https://localhost:%d/version".formatted(port);

      assertThat(operator.attempt("curl -s --cacert cluster/ca.crt " + address).exitCode())
          .as(address)
          .isNotZero();
      assertThat(operator.type("curl -s %s %s".formatted(RECIPE.client(), address))).isNotEmpty();
    }
  }

  @Test
  @Order(3)
  void two_replicas_find_the_primary_each_in_its_way() throws Exception {
    operator.type(BLOCKS.get(3));
    Path haproxy = folder.resolve("haproxy.cfg");
    Files.writeString(haproxy, operator.renamed(RECIPE.haproxy()));
    running.add(operator.start("haproxy", "exec /usr/sbin/haproxy -db -f " + haproxy));
    Replica all = replica("all servers", BLOCKS.get(4), free.subList(13, 17));
    Replica one = replica("HAProxy", BLOCKS.get(6), free.subList(17, 21));

    load =
        FailOverLoad.start(
            List.of(all, one), Files.readString(folder.resolve("secrets/admin-token")));
    load.awaitChanges();
  }

  @Test
  @Order(4)
  void nothing_acknowledged_is_lost_when_the_primary_is_killed() throws Exception {
    Node old = cluster.primary();
    Node standby = cluster.synchronousStandby();
    load.beginOutage();

    cluster.kill(old);
    cluster.awaitOtherPrimaryThan(old);

    assertThat(cluster.primary()).isEqualTo(standby);
    load.awaitChanges();
    load.report("The primary and its Patroni were killed");
    load.verify();
    cluster.start(old);
    cluster.awaitWhole();
  }

  @Test
  @Order(5)
  void a_switch_over_loses_nothing() throws Exception {
    Node old = cluster.primary();
    Node standby = cluster.synchronousStandby();
    load.beginOutage();

    operator.type(
        SWITCH_OVER
            .replace("--leader db1 --candidate db2", "--leader %s --candidate %s")
            .formatted(old.name(), standby.name())
            .replace("/etc/patroni/osmo.yml", old.configuration().toString()));

    cluster.awaitWhole();
    assertThat(cluster.primary()).isEqualTo(standby);
    load.awaitChanges();
    load.report("A switch-over");
    load.verify();
  }

  /** Without a watchdog, two servers are primaries then. */
  @Test
  @Order(6)
  void an_old_primary_that_lives_on_decides_nothing() throws Exception {
    Node old = cluster.primary();
    load.beginOutage();

    cluster.freeze(old);
    try {
      cluster.awaitOtherPrimaryThan(old);

      assertThat(cluster.serverLives(old)).isTrue();
      load.awaitChanges();
      load.report("The Patroni of the primary was frozen, and its server lived on");
      load.verify();
    } finally {
      cluster.thaw(old);
    }
    cluster.awaitWhole();
    load.awaitChanges();
  }

  @Test
  @Order(7)
  void every_replica_obeys_everything_acknowledged() throws Exception {
    load.stop();

    load.verifyAll();
  }

  private Replica replica(String way, String url, List<Integer> ports) {
    String name = way.replace(' ', '-');
    Running exchange = start("auth-exchange-service", name, url, exchange(), ports.subList(0, 2));
    Running tokens = start("token-service", name, url, tokenService(ports), ports.subList(2, 4));
    for (int management : List.of(ports.get(1), ports.get(3))) {
      (management == ports.get(1) ? exchange : tokens)
          .awaitReady(
              operator, "curl -sf http://127.0.0.1:%d/q/health/ready".formatted(management));
    }
    return new Replica(way, "http://127.0.0.1:" + ports.get(0), "http://127.0.0.1:" + ports.get(2));
  }

  private Running start(
      String service, String name, String url, String settings, List<Integer> ports) {
    Running one =
        operator.start(
            service + "-" + name,
            """
            %s
            export QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=%d
            export QUARKUS_MANAGEMENT_HOST=127.0.0.1 QUARKUS_MANAGEMENT_PORT=%d
            export QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE=verify-full
            export QUARKUS_DATASOURCE_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM=HTTPS
            export QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM=true
            export QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS=tls/ca.crt
            %s
            exec java -Xmx256m -jar %s/%s/target/quarkus-app/quarkus-run.jar
            """
                .formatted(url, ports.get(0), ports.get(1), settings, OperatorPage.HOME, service));
    running.add(one);
    return one;
  }

  private static String exchange() {
    return """
    export QUARKUS_DATASOURCE_USERNAME=osmo_auth_exchange
    export QUARKUS_DATASOURCE_PASSWORD=$(cat secrets/osmo_auth_exchange.password)
    export AUTH_EXCHANGE_ISSUER=https://osmo.test
    export AUTH_EXCHANGE_PEPPER_FILE=secrets/pepper
    export AUTH_EXCHANGE_KEY_FILE=secrets/key-encryption-key
    export AUTH_EXCHANGE_LIMITS_EXCHANGES_PER_MINUTE=1000000
    export AUTH_EXCHANGE_LIMITS_FAILURES_PER_MINUTE=1000000
    """;
  }

  private static String tokenService(List<Integer> ports) {
    return """
    export QUARKUS_DATASOURCE_USERNAME=osmo_token_service
    export QUARKUS_DATASOURCE_PASSWORD=$(cat secrets/osmo_token_service.password)
    export TOKEN_SERVICE_ISSUER=https://osmo.test
    export TOKEN_SERVICE_JWKS_URL=http://127.0.0.1:%d/api/auth/keys
    export TOKEN_SERVICE_PEPPER_FILE=secrets/pepper
    export TOKEN_SERVICE_BOOTSTRAP_TOKEN_FILE=secrets/admin-token
    export TOKEN_SERVICE_LIMITS_REQUESTS_PER_MINUTE=1000000
    export TOKEN_SERVICE_LIMITS_CHANGES_PER_MINUTE=1000000
    """
        .formatted(ports.get(0));
  }
}
