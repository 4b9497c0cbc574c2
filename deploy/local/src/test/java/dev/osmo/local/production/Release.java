package dev.osmo.local.production;

import static org.awaitility.Awaitility.await;

import dev.osmo.local.process.FreePorts;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.process.Finished;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A built checkout whose services run on one database, without TLS.
 *
 * @param checkout contains both services as the build left them
 * @param folder for secrets and logs, shared by all releases
 */
record Release(String name, Path checkout, Path folder, MigratedPostgres database) {
  private static final String ISSUER = "http://osmo.test";

  /** For a build on a machine that has other work. */
  private static final Duration BUILDING = Duration.ofHours(1);

  private static final String MIGRATIONS = "token-service/src/main/resources/db/migration";

  /** So many commits are tried until one builds. */
  private static final int ATTEMPTS = 20;

  /** Builds a revision of this repository in a folder. */
  static void build(String revision, Path folder) throws IOException {
    run(OperatorPage.HOME, "git", "worktree", "add", "--detach", folder.toString(), revision);
    String output = build(folder);
    if (!output.isEmpty()) {
      throw new AssertionError(revision + " does not build: " + output);
    }
  }

  /**
   * Builds the newest commit before the newest migration: its services know an older schema. A
   * commit in the middle of a change does not build, and one whose migrations were renumbered later
   * is no release. So an older one is tried then.
   *
   * @return the commit
   */
  static String buildBeforeTheNewestMigration(Path folder) throws IOException {
    String added =
        run(
            OperatorPage.HOME,
            "git",
            "log",
            "-1",
            "--format=%H",
            "--diff-filter=A",
            "--",
            MIGRATIONS + "/V*");
    Set<String> now = migrations("HEAD");
    List<String> older =
        run(
                OperatorPage.HOME,
                "git",
                "rev-list",
                "--first-parent",
                "--max-count=" + ATTEMPTS,
                added.strip() + "~1")
            .lines()
            .toList();
    run(
        OperatorPage.HOME,
        "git",
        "worktree",
        "add",
        "--detach",
        folder.toString(),
        older.getFirst());
    String output = "none has the migrations of this one";
    for (String revision : older) {
      if (!now.containsAll(migrations(revision))) {
        continue;
      }
      run(folder, "git", "checkout", "--quiet", "--detach", revision);
      run(folder, "git", "clean", "--quiet", "-fdx");
      output = build(folder);
      if (output.isEmpty()) {
        return revision;
      }
    }
    throw new AssertionError(
        "none of these commits is a previous release: " + older + ": " + output);
  }

  /** The content and the name of each numbered migration. */
  private static Set<String> migrations(String revision) throws IOException {
    return run(OperatorPage.HOME, "git", "ls-tree", "-r", revision, "--", MIGRATIONS)
        .lines()
        .filter(line -> line.contains("/V"))
        .collect(Collectors.toSet());
  }

  /** The output of a build that failed; empty after one that succeeded. */
  private static String build(Path folder) throws IOException {
    Finished built =
        attempt(
            folder,
            "./mvnw",
            "-B",
            "-q",
            "-DskipTests",
            "-Dspotless.check.skip",
            "-Dosmo.alone",
            "-pl",
            "token-service,auth-exchange-service",
            "-am",
            "package");
    return built.exitCode() == 0 ? "" : "exit code " + built.exitCode() + ": " + built.output();
  }

  static void forget(Path folder) throws IOException {
    run(OperatorPage.HOME, "git", "worktree", "remove", "--force", folder.toString());
  }

  void migrate() throws IOException {
    Process migration = start("token-service", Map.of(), "migrate");
    if (Patience.exitOf(migration) != 0) {
      throw new AssertionError(Files.readString(log("token-service")));
    }
  }

  /** Starts one replica of a service and waits until it is ready. */
  Replica start(String service, int exchangePort) throws IOException {
    List<Integer> ports =
        service.equals("token-service")
            ? FreePorts.find(2)
            : List.of(exchangePort, FreePorts.find(1).getFirst());
    Map<String, String> environment = new HashMap<>();
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports.get(0)));
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(ports.get(1)));
    environment.put(
        "TOKEN_SERVICE_JWKS_URL", "http://127.0.0.1:" + exchangePort + "/api/auth/keys");
    Process process = start(service, environment);
    Replica replica = new Replica(service, name, process, ports.get(0), ports.get(1));
    try {
      await().atMost(Patience.LONG).until(() -> !process.isAlive() || replica.isReady());
    } catch (ConditionTimeoutException late) {
      process.destroyForcibly();
      throw late;
    }
    if (!process.isAlive()) {
      throw new AssertionError(Files.readString(log(service)));
    }
    return replica;
  }

  private Process start(String service, Map<String, String> more, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-jar",
                checkout
                    .resolve(service)
                    .resolve("target/quarkus-app/quarkus-run.jar")
                    .toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log(service).toFile()));
    Map<String, String> environment = builder.environment();
    environment.put("TOKEN_SERVICE_MIGRATE_URL", database.jdbcUrl());
    environment.put("TOKEN_SERVICE_MIGRATE_USERNAME", MigratedPostgres.OWNER);
    environment.put("TOKEN_SERVICE_MIGRATE_PASSWORD", MigratedPostgres.PASSWORD);
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", database.reactiveUrl());
    environment.put(
        "QUARKUS_DATASOURCE_USERNAME",
        service.equals("token-service")
            ? MigratedPostgres.TOKEN_SERVICE
            : MigratedPostgres.AUTH_EXCHANGE);
    environment.put("QUARKUS_DATASOURCE_PASSWORD", MigratedPostgres.PASSWORD);
    environment.put("TOKEN_SERVICE_ISSUER", ISSUER);
    environment.put("AUTH_EXCHANGE_ISSUER", ISSUER);
    for (String prefix : List.of("TOKEN_SERVICE", "AUTH_EXCHANGE")) {
      environment.put(prefix + "_PEPPER_FILE", folder.resolve("pepper").toString());
      Patience.deadlines(prefix)
          .forEach(
              (key, value) ->
                  environment.put(key.toUpperCase(Locale.ROOT).replaceAll("\\W", "_"), value));
    }
    environment.put("AUTH_EXCHANGE_DATABASE_DEADLINE", "PT1M");
    environment.put("AUTH_EXCHANGE_DATABASE_SILENCE", "PT2M");
    environment.put("AUTH_EXCHANGE_KEY_FILE", folder.resolve("key-encryption-key").toString());
    environment.put("AUTH_EXCHANGE_LIMITS_EXCHANGES_PER_MINUTE", "1000000");
    environment.put("AUTH_EXCHANGE_LIMITS_INTROSPECTIONS_PER_MINUTE", "1000000");
    environment.put("AUTH_EXCHANGE_LIMITS_FAILURES_PER_MINUTE", "1000000");
    environment.put("TOKEN_SERVICE_LIMITS_REQUESTS_PER_MINUTE", "1000000");
    environment.put("TOKEN_SERVICE_LIMITS_CHANGES_PER_MINUTE", "1000000");
    environment.put("TOKEN_SERVICE_BOOTSTRAP_TOKEN_FILE", folder.resolve("admin-token").toString());
    environment.putAll(more);
    return builder.start();
  }

  private Path log(String service) {
    return folder.resolve(service + "-" + name + ".log");
  }

  private static String run(Path folder, String... command) throws IOException {
    Finished result = attempt(folder, command);
    if (result.exitCode() != 0) {
      throw new AssertionError(List.of(command) + ": " + result.output());
    }
    return result.output();
  }

  /** Into a file, because whatever keeps a pipe open would be waited for without a limit. */
  private static Finished attempt(Path folder, String... command) throws IOException {
    Path output = Files.createTempFile("command", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      return new Finished(Patience.exitOf(process, BUILDING), Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }

  /** A running service of a release. */
  record Replica(String service, String release, Process process, int port, int management) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    String url() {
      return "http://127.0.0.1:" + port;
    }

    boolean isReady() {
      try {
        return CLIENT
                .send(
                    HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + management + "/q/health/ready"))
                        .build(),
                    BodyHandlers.discarding())
                .statusCode()
            == 200;
      } catch (IOException notListening) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    void stop() {
      process.destroy();
      Patience.exitOf(process);
    }

    void kill() {
      Patience.exitOf(process.destroyForcibly());
    }
  }
}
