package dev.osmo.token.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged service as a process of its own, set up by environment variables only. */
public final class RunningService implements AutoCloseable {

  private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final long PATIENCE_SECONDS = 120;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final Path output;
  private final int port;
  private final int managementPort;

  private RunningService(Process process, Path output, int port, int managementPort) {
    this.process = process;
    this.output = output;
    this.port = port;
    this.managementPort = managementPort;
  }

  public static RunningService start(Map<String, String> environment) {
    try {
      int port = freePort();
      int managementPort = freePort();
      Path output = Files.createTempFile("token-service", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  // It lives for seconds, beside others like it: compiling well does not pay.
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-jar",
                  JAR.toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
      builder.environment().put("QUARKUS_MANAGEMENT_PORT", String.valueOf(managementPort));
      return new RunningService(builder.start(), output, port, managementPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a deployer sets, for this database and this exchange. */
  static Map<String, String> environment(
      MigratedPostgres postgres, String jwksUrl, Path pepperFile) {
    return new HashMap<>(
        Map.of(
            "QUARKUS_DATASOURCE_REACTIVE_URL",
            postgres.reactiveUrl(),
            "QUARKUS_DATASOURCE_USERNAME",
            MigratedPostgres.TOKEN_SERVICE,
            "QUARKUS_DATASOURCE_PASSWORD",
            MigratedPostgres.PASSWORD,
            "TOKEN_SERVICE_ISSUER",
            Exchange.ISSUER,
            "TOKEN_SERVICE_JWKS_URL",
            jwksUrl,
            "TOKEN_SERVICE_PEPPER_FILE",
            pepperFile.toString()));
  }

  public RunningService awaitReady() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
        .until(() -> !process.isAlive() || health("ready") == 200);
    if (!process.isAlive()) {
      throw new IllegalStateException("the service ended: " + output());
    }
    return this;
  }

  /** All it printed, once it has ended by itself. */
  public String awaitRefusal() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() == 0) {
        throw new IllegalStateException("the service did not refuse to start: " + output());
      }
      return output();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** As an orchestrator does it. */
  public void askToEnd() {
    process.destroy();
  }

  public int port() {
    return port;
  }

  public int managementPort() {
    return managementPort;
  }

  public int health(String check) {
    try {
      return send(managementPort, "/q/health/" + check, "").statusCode();
    } catch (UncheckedIOException e) {
      return -1;
    }
  }

  public HttpResponse<String> get(String path, String bearer) {
    return send(port, path, bearer);
  }

  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<String> lines() {
    return output().lines().toList();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<String> send(int toPort, String path, String bearer) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + toPort + path));
      if (!bearer.isEmpty()) {
        request.header("Authorization", "Bearer " + bearer);
      }
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
