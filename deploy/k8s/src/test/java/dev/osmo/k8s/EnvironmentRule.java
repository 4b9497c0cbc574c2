package dev.osmo.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The containers of our programs get settings that exist, all that have no default, the address of
 * each other, and no secret.
 */
final class EnvironmentRule implements Rule {
  private static final Set<String> KNOWN_TO_SERVICES =
      Pages.variables(Pages.CONFIGURATION, Pages.KEYS, Pages.MONITORING, Pages.INSTALLING);
  private static final Set<String> KNOWN_TO_OSMO = Pages.variables("src-docs/user/cli.rst");
  private static final Set<String> MIGRATION =
      Set.of(
          "TOKEN_SERVICE_MIGRATE_URL",
          "TOKEN_SERVICE_MIGRATE_USERNAME",
          "TOKEN_SERVICE_MIGRATE_PASSWORD_FILE");

  private static final Map<String, String> PREFIXES =
      Map.of("token-service", "TOKEN_SERVICE_", "auth-exchange-service", "AUTH_EXCHANGE_");
  private static final Map<String, String> USERS =
      Map.of(
          "token-service", "osmo_token_service",
          "auth-exchange-service", "osmo_auth_exchange");

  @Override
  public List<String> faults(Rendering rendering) {
    Faults faults = new Faults();
    for (Manifest manifest : rendering.manifests()) {
      for (JsonNode container : manifest.containers()) {
        check(rendering, manifest, container, faults);
      }
    }
    PREFIXES.forEach(
        (service, prefix) ->
            rendering
                .find("Deployment", service)
                .ifPresent(one -> service(rendering, one, prefix, faults)));
    rendering
        .find("Job", "token-service-migrate")
        .ifPresent(
            job ->
                MIGRATION.forEach(
                    name ->
                        faults.unless(
                            !Environment.of(rendering, job.containers().getFirst())
                                .get(name)
                                .isBlank(),
                            job,
                            name + " is not set")));
    return faults.all();
  }

  private static void check(
      Rendering rendering, Manifest manifest, JsonNode container, Faults faults) {
    String image = container.path("image").asText();
    Environment environment = Environment.of(rendering, container);
    if (image.contains("osmo/token-service") || image.contains("osmo/auth-exchange-service")) {
      for (String name : environment.values().keySet()) {
        faults.unless(KNOWN_TO_SERVICES.contains(name), manifest, name + " is no setting");
      }
    } else if (image.contains("osmo/osmo")) {
      for (String name : environment.values().keySet()) {
        faults.unless(KNOWN_TO_OSMO.contains(name), manifest, name + " is no setting of osmo");
      }
    }
    for (JsonNode variable : Manifest.each(container.path("env")).toList()) {
      String name = variable.path("name").asText();
      faults.unless(
          !variable.at("/valueFrom").has("secretKeyRef"), manifest, name + " holds a secret");
      faults.unless(
          !name.matches(".*(PASSWORD|SECRET|TOKEN|KEY)"), manifest, name + " holds a secret");
    }
    faults.unless(
        Manifest.each(container.path("envFrom")).noneMatch(one -> one.has("secretRef")),
        manifest,
        "has a Secret in its environment");
    environment
        .values()
        .forEach(
            (name, value) ->
                faults.unless(
                    !value.matches("/(run/secrets|etc/osmo)/.*")
                        || Mounts.of(rendering, manifest, container).has(value),
                    manifest,
                    name + " names " + value + ", which is not mounted"));
  }

  private static void service(
      Rendering rendering, Manifest deployment, String prefix, Faults faults) {
    String name = deployment.name();
    Environment environment =
        Environment.of(
            rendering, Manifest.named(deployment.at("/spec/template/spec/containers"), name).get());
    Set<String> required = new TreeSet<>(Pages.required(prefix));
    Transport transport = Transport.of(rendering);
    required.addAll(
        Set.of("QUARKUS_HTTP_HOST", transport.portSetting(), "QUARKUS_MANAGEMENT_HOST"));
    required.addAll(Set.of("QUARKUS_MANAGEMENT_PORT", "QUARKUS_DATASOURCE_REACTIVE_URL"));
    for (String setting : required) {
      faults.unless(!environment.get(setting).isBlank(), deployment, setting + " is not set");
    }
    faults.unless(
        environment.get("QUARKUS_DATASOURCE_USERNAME").equals(USERS.get(name)),
        deployment,
        "uses another database user than " + USERS.get(name));
    faults.unless(
        environment.get(prefix + "ISSUER").equals(issuer(rendering)),
        deployment,
        "has another issuer than the public address");
    Mounts mounts =
        Mounts.of(
            rendering,
            deployment,
            Manifest.named(deployment.at("/spec/template/spec/containers"), name).get());
    String settings = environment.get("SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS");
    faults.unless(
        mounts.has(settings + "/quarkus.datasource.password") && mounts.isRoot(settings),
        deployment,
        "has no file of the database's password in the root of a volume");
    if (name.equals("auth-exchange-service")) {
      faults.unless(
          environment
              .get("AUTH_EXCHANGE_TOKEN_SERVICE_URL")
              .equals(transport.address("token-service")),
          deployment,
          "does not have token-service keep the sessions");
    }
    if (name.equals("token-service")) {
      faults.unless(
          environment
              .get("TOKEN_SERVICE_JWKS_URL")
              .equals(transport.address("auth-exchange-service") + "/api/auth/keys"),
          deployment,
          "does not fetch the keys from the exchange");
    }
  }

  /** The address of the Ingress or of the route; that of the settings where there is none. */
  private static String issuer(Rendering rendering) {
    return rendering
        .find("Ingress", "osmo")
        .map(one -> one.at("/spec/rules/0/host").asText())
        .or(
            () ->
                rendering
                    .find("HTTPRoute", "osmo")
                    .map(one -> one.at("/spec/hostnames/0").asText()))
        .map(host -> "https://" + host)
        .orElse("https://osmo.example.com");
  }
}
