package dev.osmo.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.testkit.contracts.Repository;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Every container that goes on for ever has probes. Those of the services are the paths of their
 * management port, which no Service for requests has. A service has the time to end gracefully.
 */
final class ProbeRule implements Rule {
  private static final Map<String, String> PATHS =
      Map.of(
          "startupProbe", "/q/health/started",
          "livenessProbe", "/q/health/live",
          "readinessProbe", "/q/health/ready");
  private static final List<String> SERVICES = List.of("token-service", "auth-exchange-service");

  private static final String MANAGEMENT_TLS = "QUARKUS_MANAGEMENT_SSL_CERTIFICATE_FILES";

  /** The last uses are written within twice this time. */
  private static final int LAST_WRITES = 2 * 4;

  @Override
  public List<String> faults(Rendering rendering) {
    Faults faults = new Faults();
    for (Manifest manifest : rendering.manifests()) {
      manifest
          .podSpec()
          .filter(unused -> !manifest.kind().endsWith("Job"))
          .ifPresent(spec -> longRunning(manifest, spec, faults));
    }
    for (String service : SERVICES) {
      rendering
          .find("Deployment", service)
          .ifPresent(deployment -> service(rendering, deployment, faults));
    }
    return faults.all();
  }

  private static void longRunning(Manifest manifest, JsonNode spec, Faults faults) {
    // The programs of the examples are not ours; their sidecar is.
    boolean example = manifest.at("/metadata/labels").has("osmo.dev/sidecar");
    for (JsonNode container :
        Manifest.each(spec.path(example ? "initContainers" : "containers")).toList()) {
      for (String probe : List.of("startupProbe", "readinessProbe")) {
        faults.unless(container.has(probe), manifest, "has no " + probe);
      }
      faults.unless(container.has("livenessProbe"), manifest, "has no livenessProbe");
    }
  }

  private static void service(Rendering rendering, Manifest deployment, Faults faults) {
    JsonNode spec = deployment.podSpec().orElseThrow();
    JsonNode container = Manifest.named(spec.path("containers"), deployment.name()).orElseThrow();
    Environment environment = Environment.of(rendering, container);
    PATHS.forEach(
        (probe, path) -> {
          JsonNode get = container.path(probe).path("httpGet");
          faults.unless(
              get.path("path").asText().equals(path)
                  && get.path("port").asText().equals("management"),
              deployment,
              probe + " is not " + path + " of the management port");
          faults.unless(
              get.path("scheme")
                  .asText("HTTP")
                  .equals(environment.get(MANAGEMENT_TLS).isEmpty() ? "HTTP" : "HTTPS"),
              deployment,
              probe + " has another scheme than its port");
        });
    faults.unless(
        Pages.text(Pages.MONITORING).lines().filter(line -> line.startsWith("``/q/health/")).count()
            == PATHS.size(),
        deployment,
        "has other probes than the page lists");
    Transport transport = Transport.of(rendering);
    port(
        container,
        transport.scheme(),
        environment.get(transport.portSetting()),
        deployment,
        faults);
    port(container, "management", environment.get("QUARKUS_MANAGEMENT_PORT"), deployment, faults);
    gracefulEnd(deployment, spec, container, environment, faults);
    rendering
        .of("Service")
        .filter(one -> one.name().equals(deployment.name()))
        .forEach(
            one ->
                faults.unless(
                    one.at("/spec/ports").size() == 1
                        && one.at("/spec/ports/0/targetPort").asText().equals(transport.scheme()),
                    one,
                    "has more than the port for requests"));
  }

  private static void port(
      JsonNode container, String name, String expected, Manifest where, Faults faults) {
    faults.unless(
        Manifest.named(container.path("ports"), name)
            .filter(port -> port.path("containerPort").asText().equals(expected))
            .isPresent(),
        where,
        "has no port " + name + " with the number " + expected + " of its settings");
  }

  private static void gracefulEnd(
      Manifest deployment,
      JsonNode spec,
      JsonNode container,
      Environment environment,
      Faults faults) {
    int preStop = container.at("/lifecycle/preStop/sleep/seconds").asInt();
    int needed =
        preStop
            + seconds(deployment, environment, "QUARKUS_SHUTDOWN_DELAY")
            + seconds(deployment, environment, "QUARKUS_SHUTDOWN_TIMEOUT")
            + LAST_WRITES;
    faults.unless(preStop > 0, deployment, "has no pause before its end");
    faults.unless(
        spec.path("terminationGracePeriodSeconds").asInt() > needed,
        deployment,
        "is killed before it has ended, which takes up to " + needed + " seconds");
    JsonNode readiness = container.path("readinessProbe");
    faults.unless(
        readiness.path("periodSeconds").asInt()
            <= seconds(deployment, environment, "QUARKUS_SHUTDOWN_DELAY"),
        deployment,
        "ends before a probe has seen that it is not ready");
  }

  /** From the environment, else from the properties of the service. */
  private static int seconds(Manifest deployment, Environment environment, String variable) {
    String value = environment.get(variable);
    String property = variable.toLowerCase(java.util.Locale.ROOT).replace('_', '.');
    String text = value.isEmpty() ? properties(deployment.name()).getProperty(property) : value;
    return Integer.parseInt(text.replace("s", ""));
  }

  private static Properties properties(String service) {
    Properties properties = new Properties();
    try (Reader reader =
        Files.newBufferedReader(
            Repository.path(service + "/src/main/resources/application.properties"))) {
      properties.load(reader);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
