package dev.osmo.testkit.process;

import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.waiting.Patience;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The packaged service of the module under test as a separate process, on ports that it chooses. It
 * is configured by environment variables only.
 */
public final class ServiceProcess implements AutoCloseable {

  private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final Duration DEADLINE = Patience.LONG;
  private static final Pattern PUBLIC = Pattern.compile(" Listening on: (https?://[a-z0-9.:]+\\d)");
  private static final Pattern MANAGEMENT =
      Pattern.compile("Management interface listening on (http://[0-9.:]+\\d)");

  private final Process process;
  private final Path output;

  private ServiceProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts the service and does not wait for it.
   *
   * @param settings by property name ({@code token-service.issuer}) or by environment variable
   * @param arguments a command that exits by itself; none to serve requests
   */
  public static ServiceProcess launch(Map<String, String> settings, String... arguments) {
    try {
      Path output = Files.createTempFile(Path.of("target"), "service", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command(List.of(arguments)))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      Map<String, String> environment = builder.environment();
      settings.forEach((name, value) -> environment.put(variable(name), value));
      environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
      environment.put("QUARKUS_HTTP_PORT", "0");
      environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
      environment.put("QUARKUS_MANAGEMENT_PORT", "0");
      // On a busy machine a thread that only waits for its turn counts as blocked.
      environment.put("QUARKUS_VERTX_WARNING_EXCEPTION_TIME", "PT1H");
      return new ServiceProcess(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the service and waits until it is ready. */
  public static ServiceProcess start(Map<String, String> settings) {
    return launch(settings).awaitReady();
  }

  /**
   * These flags reduce startup time; the speed of the code matters less. The first process that
   * exits by itself writes an archive of its loaded classes, which makes later starts a third
   * faster. The JVM ignores an archive that is incomplete or does not match the jar.
   */
  private static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + Path.of("target", "service.jsa"),
            "-Xlog:disable",
            "-jar",
            JAR.toString()));
    command.addAll(arguments);
    return command;
  }

  /** The environment variable of a property. */
  private static String variable(String property) {
    return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  public ServiceProcess awaitReady() {
    try {
      await().atMost(DEADLINE).until(() -> !process.isAlive() || health("ready") == 200);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("the service is not ready: " + output(), e);
    }
    if (!process.isAlive()) {
      throw new AssertionError("the service exited: " + output());
    }
    return this;
  }

  /** The status of a health check; 0 if the port is closed. */
  public int health(String check) {
    try {
      return RestAssured.given().get(managementAddress() + "/q/health/" + check).statusCode();
    } catch (Exception notListening) {
      return 0;
    }
  }

  /** A client of the public port. */
  public RequestSpecification client() {
    URI address = address();
    return RestAssured.given().baseUri("http://" + address.getHost()).port(address.getPort());
  }

  /**
   * The address of the public port.
   *
   * @throws IllegalStateException if the port is not open yet
   */
  public URI address() {
    return logged(PUBLIC);
  }

  /**
   * The address of the management port.
   *
   * @throws IllegalStateException if the port is not open yet
   */
  public URI managementAddress() {
    return logged(MANAGEMENT);
  }

  /** All its metrics, in Prometheus's text format. */
  public String metrics() {
    return RestAssured.given().get(managementAddress() + "/q/metrics").asString();
  }

  private URI logged(Pattern line) {
    Matcher found = line.matcher(output());
    if (!found.find()) {
      throw new IllegalStateException("the port is not open yet: " + output());
    }
    return URI.create(found.group(1));
  }

  /** Requests a graceful shutdown, as an orchestrator does, and does not wait. */
  public void terminate() {
    process.destroy();
  }

  /** Kills the process immediately, as a machine failure does, and waits for its exit. */
  public void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /** Waits for the exit. */
  public int exitCode() {
    try {
      if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the service is still running: " + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The output of a service that refused to start. */
  public String awaitRefusal() {
    if (exitCode() == 0) {
      throw new AssertionError("the service did not refuse to start: " + output());
    }
    return output();
  }

  /** Standard output and standard error so far. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills the process: only shutdown tests need a graceful shutdown. */
  @Override
  public void close() {
    kill();
  }
}
