package dev.osmo.local.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.local.production.PublicClient.Answer;
import dev.osmo.local.production.Release.Replica;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.waiting.Patience;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise of the operator's pages: an upgrade and its way back without a failed request. The
 * previous release and this one run on one database while clients exchange, list, create, delete,
 * introspect, grant and remove. Runs with {@code -Dosmo.previous=REVISION}, where {@code newest}
 * means the newest commit before the newest migration that builds; a folder with a build of it
 * saves the build.
 */
@Tag("I2")
@EnabledIfSystemProperty(named = "osmo.previous", matches = ".+")
class UpgradeIT {
  private static final String PREVIOUS = System.getProperty("osmo.previous", "");

  /** So many of each kind in each phase, to every release that serves. */
  private static final int ENOUGH = 20;

  private static final String EXCHANGE = "/api/auth/jwt/access_token";

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Replica> serving = new CopyOnWriteArrayList<>();
  private final List<Replica> started = new ArrayList<>();
  private final Map<String, AtomicInteger> successes = new ConcurrentHashMap<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean done;
  private MigratedPostgres database;
  private Path built;

  @BeforeEach
  void prepare() throws Exception {
    Operator operator = new Operator(folder, Map.of());
    operator.type(OperatorPage.HOME.resolve("deploy/k8s/make-secrets") + " " + folder);
    built = Path.of(PREVIOUS);
    if (!Files.isDirectory(built)) {
      built = folder.resolve("previous");
      if (PREVIOUS.equals("newest")) {
        System.out.println(
            "The previous release is " + Release.buildBeforeTheNewestMigration(built));
      } else {
        Release.build(PREVIOUS, built);
      }
    }
    database = MigratedPostgres.startEmpty();
  }

  /** Also after a preparation that failed half way. */
  @AfterEach
  void stop() throws Exception {
    done = true;
    started.forEach(Replica::kill);
    if (database != null) {
      database.close();
    }
    if (built != null && built.startsWith(folder) && Files.exists(built)) {
      Release.forget(built);
    }
  }

  @Test
  void no_request_fails_during_an_upgrade_and_its_way_back() throws Exception {
    Release previous = new Release("previous", built, folder, database);
    Release next = new Release("next", OperatorPage.HOME, folder, database);
    previous.migrate();
    String oldSchema = schema();
    List<Replica> old = start(previous);
    List<Thread> load = load();
    awaitLoad("previous");

    next.migrate();
    assertThat(schema()).as("this release has a newer schema").isNotEqualTo(oldSchema);
    awaitLoad("previous");
    List<Replica> upgraded = start(next);
    awaitLoad("previous", "next");
    remove(old);
    awaitLoad("next");

    List<Replica> rolledBack = start(previous);
    awaitLoad("previous", "next");
    remove(upgraded);
    awaitLoad("previous");
    done = true;
    for (Thread one : load) {
      assertThat(one.join(Patience.LONG)).as("a client ended").isTrue();
    }

    assertThat(failures).isEmpty();
    assertThat(rolledBack).allMatch(Replica::isReady);
    System.out.println("Requests that succeeded: " + successes);
  }

  private List<Replica> start(Release release) throws Exception {
    int port = dev.osmo.local.process.FreePorts.find(1).getFirst();
    List<Replica> replicas =
        List.of(release.start("auth-exchange-service", port), release.start("token-service", port));
    started.addAll(replicas);
    // It is ready before it has the keys of the exchange; a gateway sees that as 503 and waits.
    String administrator = jwt(replicas.get(0), file("admin-token"));
    await()
        .atMost(Patience.LONG)
        .until(
            () ->
                client(replicas.get(1))
                        .get("/api/auth/access_token", "Authorization", "Bearer " + administrator)
                        .status()
                    == 200);
    serving.addAll(replicas);
    return replicas;
  }

  /** As a gateway does: no new request, then the service ends. */
  private void remove(List<Replica> replicas) {
    serving.removeAll(replicas);
    replicas.forEach(Replica::stop);
  }

  private List<Thread> load() {
    return List.of(
        Thread.startVirtualThread(() -> repeat(this::useToken)),
        Thread.startVirtualThread(() -> repeat(this::createAndDelete)),
        Thread.startVirtualThread(() -> repeat(this::grantAndRemove)));
  }

  private interface Work {
    void run(int number) throws Exception;
  }

  private void repeat(Work work) {
    for (int number = 0; !done; number++) {
      try {
        work.run(number);
      } catch (Exception | AssertionError e) {
        failures.add(e.toString());
        return;
      }
    }
  }

  private void useToken(int number) throws Exception {
    String administrator = jwt(any("auth-exchange-service"), file("admin-token"));
    Replica token = any("token-service");
    ok("list", token, client(token).get("/api/auth/access_token", bearer(administrator)));
    Replica exchange = any("auth-exchange-service");
    Answer introspected =
        client(exchange)
            .postForm("/oauth2/introspect", "token=" + file("admin-token"), bearer(administrator));
    ok("introspect", exchange, introspected);
    assertThat(introspected.object().getBoolean("active")).isTrue();
  }

  private void createAndDelete(int number) throws Exception {
    String administrator = jwt(any("auth-exchange-service"), file("admin-token"));
    String path = "/api/auth/user/admin/access_token/load-" + number;
    Replica creating = any("token-service");
    Answer created = client(creating).postEmpty(path, bearer(administrator));
    ok("create", creating, created);
    String token = created.body().replace("\"", "");
    assertThat(roles(jwt(any("auth-exchange-service"), token))).contains("osmo-admin");
    Replica deleting = any("token-service");
    ok("delete", deleting, client(deleting).delete(path, bearer(administrator)));
    Replica refusing = any("auth-exchange-service");
    assertThat(exchange(refusing, token).status()).as("deleted").isEqualTo(401);
  }

  /** Whatever releases acknowledge the removal and issue the JWT, it has no removed role. */
  private void grantAndRemove(int number) throws Exception {
    String administrator = jwt(any("auth-exchange-service"), file("admin-token"));
    String user = "/api/auth/user/user-" + number;
    Replica creating = any("token-service");
    JsonObject body =
        new JsonObject()
            .put("id", "user-" + number)
            .put("roles", new JsonArray(List.of("osmo-user", "osmo-backend")));
    ok("user", creating, client(creating).postJson("/api/auth/user", body, bearer(administrator)));
    Replica minting = any("token-service");
    Answer created = client(minting).postEmpty(user + "/access_token/t", bearer(administrator));
    ok("create", minting, created);
    String token = created.body().replace("\"", "");
    assertThat(roles(jwt(any("auth-exchange-service"), token))).contains("osmo-backend");
    Replica removing = any("token-service");
    ok(
        "remove",
        removing,
        client(removing).delete(user + "/roles/osmo-backend", bearer(administrator)));
    assertThat(roles(jwt(any("auth-exchange-service"), token))).containsExactly("osmo-user");
  }

  /** Each kind of request succeeded often enough from now on, at each of these releases. */
  private void awaitLoad(String... releases) {
    Map<String, Integer> before = new ConcurrentHashMap<>();
    successes.forEach((key, count) -> before.put(key, count.get()));
    await()
        .atMost(Patience.LONG)
        .until(
            () ->
                !failures.isEmpty()
                    || List.of(releases).stream()
                        .allMatch(
                            release ->
                                List.of(
                                        "exchange",
                                        "introspect",
                                        "list",
                                        "create",
                                        "delete",
                                        "remove")
                                    .stream()
                                    .map(kind -> kind + " " + release)
                                    .allMatch(
                                        key ->
                                            count(key) - before.getOrDefault(key, 0)
                                                >= ENOUGH / releases.length)));
    assertThat(failures).isEmpty();
  }

  private int count(String key) {
    return successes.getOrDefault(key, new AtomicInteger()).get();
  }

  private String jwt(Replica exchange, String token) throws Exception {
    Answer answer = exchange(exchange, token);
    ok("exchange", exchange, answer);
    return answer.object().getString("token");
  }

  private Answer exchange(Replica exchange, String token) throws Exception {
    return client(exchange).postJson(EXCHANGE, new JsonObject().put("token", token));
  }

  private void ok(String kind, Replica replica, Answer answer) {
    assertThat(answer.status())
        .as("%s at the %s %s: %s", kind, replica.release(), replica.service(), answer.body())
        .isEqualTo(200);
    successes
        .computeIfAbsent(kind + " " + replica.release(), unused -> new AtomicInteger())
        .incrementAndGet();
  }

  private Replica any(String service) {
    List<Replica> candidates =
        serving.stream().filter(replica -> replica.service().equals(service)).toList();
    return candidates.get(ThreadLocalRandom.current().nextInt(candidates.size()));
  }

  private PublicClient client(Replica replica) {
    return new PublicClient(http, replica.url());
  }

  private String file(String name) throws IOException {
    return Files.readString(folder.resolve(name)).strip();
  }

  private static String[] bearer(String jwt) {
    return new String[] {"Authorization", "Bearer " + jwt};
  }

  private static List<String> roles(String jwt) {
    String payload = jwt.split("\\.", -1)[1];
    return new JsonObject(
            new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
        .getJsonArray("roles").stream().map(String.class::cast).toList();
  }

  private String schema() throws Exception {
    try (var connection = database.connectAsSuperuser();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT max(version::int) FROM osmo.flyway_schema_history WHERE success")) {
      rows.next();
      return rows.getString(1);
    }
  }
}
