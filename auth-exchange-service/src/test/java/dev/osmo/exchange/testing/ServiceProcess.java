package dev.osmo.exchange.testing;

import static org.awaitility.Awaitility.await;

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

/** The packaged service as a process of its own. */
public final class ServiceProcess implements AutoCloseable {

  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
  private static final int PATIENCE_SECONDS = 60;
  private static final Pattern PUBLIC = Pattern.compile(" Listening on: (http://[0-9.:]+\\d)");
  private static final Pattern MANAGEMENT =
      Pattern.compile("Management interface listening on (http://[0-9.:]+\\d)");

  private final Process process;
  private final Path output;

  private ServiceProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it, on ports that it chooses, and does not wait. Quick to start rather than fast. */
  public static ServiceProcess launch(ServiceSetup setup, Map<String, String> more) {
    return launch(setup, more, List.of());
  }

  /** Runs one of its commands, which ends by itself. */
  public static ServiceProcess command(ServiceSetup setup, String... arguments) {
    return launch(setup, Map.of(), List.of(arguments));
  }

  private static ServiceProcess launch(
      ServiceSetup setup, Map<String, String> more, List<String> arguments) {
    try {
      Path output = Files.createTempFile(setup.folder(), "service", ".log");
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      ProcessBuilder builder =
          new ProcessBuilder(
              new ArrayList<>(
                  List.of(
                      java,
                      "-Xmx256m",
                      "-XX:TieredStopAtLevel=1",
                      "-XX:+UseSerialGC",
                      "-jar",
                      JAR.toString())));
      builder.command().addAll(arguments);
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      setup.settings().forEach((key, value) -> builder.environment().put(variable(key), value));
      more.forEach((key, value) -> builder.environment().put(variable(key), value));
      builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
      builder.environment().put("QUARKUS_HTTP_PORT", "0");
      builder.environment().put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
      builder.environment().put("QUARKUS_MANAGEMENT_PORT", "0");
      return new ServiceProcess(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it and waits until it is ready. */
  public static ServiceProcess start(ServiceSetup setup) {
    return launch(setup, Map.of()).awaitReady();
  }

  public ServiceProcess awaitReady() {
    try {
      await()
          .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
          .until(() -> !process.isAlive() || health("ready") == 200);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("the service is not ready: " + output(), e);
    }
    if (!process.isAlive()) {
      throw new AssertionError("the service ended: " + output());
    }
    return this;
  }

  /** The status of a health check, 0 when nobody answers. */
  public int health(String which) {
    try {
      return RestAssured.given().get(address(MANAGEMENT) + "/q/health/" + which).statusCode();
    } catch (Exception notYet) {
      return 0;
    }
  }

  /** A client of this process. */
  public RequestSpecification client() {
    URI address = URI.create(address(PUBLIC));
    return RestAssured.given().baseUri("http://" + address.getHost()).port(address.getPort());
  }

  /** Where its public keys are. */
  public URI keys() {
    return URI.create(address(PUBLIC) + "/api/auth/keys");
  }

  private String address(Pattern line) {
    Matcher address = line.matcher(output());
    if (!address.find()) {
      throw new IllegalStateException("not listening yet");
    }
    return address.group(1);
  }

  /** Everything it counts. */
  public String metrics() {
    return RestAssured.given().get(address(MANAGEMENT) + "/q/metrics").asString();
  }

  /** Asks it to end in good order, and does not wait. */
  public void askToEnd() {
    process.destroy();
  }

  /** Takes it away without a word, as a machine that fails does. */
  public void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /** Waits for the end of a process that is expected to end by itself. */
  public int exitCode() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the service goes on: " + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Not in good order, which takes its time: nothing depends on it but the tests about that. */
  @Override
  public void close() {
    kill();
  }

  private static String variable(String property) {
    return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
