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
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A built checkout whose services run on one database, without TLS.
 *
 * @param checkout contains both services as the build left them
 * @param folder for secrets and logs, shared by all releases
 */
record Release(String name, Path checkout, Path folder, MigratedPostgres database) {
  private static final String ISSUER = "http://osmo.test";

  /** Of two services on a machine with other work. */
  private static final Duration BUILD = Duration.ofMinutes(25);

  /** Builds a revision of this repository in a folder. */
  static Path build(String revision, Path folder) throws IOException, InterruptedException {
    run(OperatorPage.HOME, "git", "worktree", "add", "--detach", folder.toString(), revision);
    run(
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
    return folder;
  }

  /** The last commit before the newest migration: its services know an older schema. */
  static String beforeTheNewestMigration() throws IOException, InterruptedException {
    String added =
        run(
            OperatorPage.HOME,
            "git",
            "log",
            "-1",
            "--format=%H",
            "--diff-filter=A",
            "--",
            "token-service/src/main/resources/db/migration/V*");
    return added.strip() + "~1";
  }

  static void forget(Path folder) throws IOException, InterruptedException {
    run(OperatorPage.HOME, "git", "worktree", "remove", "--force", folder.toString());
  }

  void migrate() throws IOException, InterruptedException {
    Process migration = start("token-service", Map.of(), "migrate");
    if (!exits(migration) || migration.exitValue() != 0) {
      throw new AssertionError(Files.readString(log("token-service")));
    }
  }

  /** Kills it otherwise. */
  private static boolean exits(Process process) throws InterruptedException {
    if (!process.waitFor(Patience.LONG.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return false;
    }
    return true;
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

  private static String run(Path folder, String... command)
      throws IOException, InterruptedException {
    Finished program =
        Finished.run(
            new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true),
            BUILD);
    if (program.exitCode() != 0) {
      throw new AssertionError(List.of(command) + ": " + program.output());
    }
    return program.output();
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

    void stop() throws InterruptedException {
      process.destroy();
      if (!exits(process)) {
        throw new AssertionError(service + " did not stop");
      }
    }
  }
}
