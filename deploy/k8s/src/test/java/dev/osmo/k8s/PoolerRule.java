package dev.osmo.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A service that demands TLS of its database cannot use a PgBouncer without it. So PgBouncer has
 * TLS on both sides then, with files that are mounted, and verifies the database's server.
 */
final class PoolerRule implements Rule {
  private static final String POOLER = "pgbouncer";
  private static final List<String> SERVICES = List.of("token-service", "auth-exchange-service");
  private static final String TLS_OF_THE_DATABASE =
      "QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE";
  private static final Set<String> DEMANDED = Set.of("require", "verify-ca", "verify-full");
  private static final List<String> FILES =
      List.of("client_tls_cert_file", "client_tls_key_file", "server_tls_ca_file");
  private static final String INCLUDE = "%include ";

  @Override
  public List<String> faults(Rendering rendering) {
    Faults faults = new Faults();
    if (SERVICES.stream().anyMatch(service -> demandsTls(rendering, service))) {
      rendering.find("Deployment", POOLER).ifPresent(one -> check(rendering, one, faults));
    }
    return faults.all();
  }

  private static boolean demandsTls(Rendering rendering, String service) {
    return rendering
        .find("Deployment", service)
        .map(one -> Environment.of(rendering, one.containers().getFirst()))
        .map(environment -> environment.get(TLS_OF_THE_DATABASE))
        .filter(DEMANDED::contains)
        .isPresent();
  }

  private static void check(Rendering rendering, Manifest pooler, Faults faults) {
    JsonNode container = pooler.containers().getFirst();
    Mounts mounts = Mounts.of(rendering, pooler, container);
    Map<String, String> settings = settings(rendering, container);
    faults.unless(
        DEMANDED.contains(settings.getOrDefault("client_tls_sslmode", "")),
        pooler,
        "has no TLS for the services, which demand it");
    faults.unless(
        settings.getOrDefault("server_tls_sslmode", "").equals("verify-full"),
        pooler,
        "does not verify the database's server, as the services would");
    for (String file : FILES) {
      faults.unless(
          mounts.has(settings.getOrDefault(file, "")), pooler, file + " names no mounted file");
    }
  }

  /** Those of the file that the command names, and of what it includes. */
  private static Map<String, String> settings(Rendering rendering, JsonNode container) {
    JsonNode files =
        rendering.generated("ConfigMap", POOLER).map(map -> map.at("/data")).orElseThrow();
    Map<String, String> settings = new LinkedHashMap<>();
    read(files, name(container.at("/command/1").asText()), settings);
    return settings;
  }

  private static void read(JsonNode files, String file, Map<String, String> settings) {
    for (String line : files.path(file).asText().lines().map(String::strip).toList()) {
      String[] pair = line.split(" *= *", 2);
      if (line.startsWith(INCLUDE)) {
        read(files, name(line.substring(INCLUDE.length())), settings);
      } else if (!line.startsWith(";") && pair.length == 2) {
        settings.put(pair[0], pair[1]);
      }
    }
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
