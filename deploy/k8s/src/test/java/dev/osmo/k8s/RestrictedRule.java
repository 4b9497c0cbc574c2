package dev.osmo.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Pod Security's level "restricted", and what it does not ask for: a read-only root, high user and
 * group ids, no token of a service account, requests and limits, a fixed version of each image.
 */
final class RestrictedRule implements Rule {
  private static final int FIRST_ID = 10_000;
  private static final List<String> RESOURCES = List.of("cpu", "memory", "ephemeral-storage");
  private static final Pattern QUANTITY = Pattern.compile("[0-9]+(\\.[0-9]+)?(m|[KMGT]i)?");
  private static final Pattern FIXED = Pattern.compile(".+(:v?[0-9][^:/@]*|@sha256:[0-9a-f]{64})");
  private static final Set<String> VOLUMES =
      Set.of("configMap", "emptyDir", "projected", "secret", "persistentVolumeClaim", "ephemeral");

  @Override
  public List<String> faults(Rendering rendering) {
    Faults faults = new Faults();
    for (Manifest manifest : rendering.manifests()) {
      manifest.podSpec().ifPresent(spec -> pod(manifest, spec, faults));
      for (JsonNode container : manifest.containers()) {
        container(manifest + " container " + container.path("name").asText(), container, faults);
      }
    }
    return faults.all();
  }

  private static void pod(Manifest where, JsonNode spec, Faults faults) {
    JsonNode security = spec.path("securityContext");
    faults.unless(security.path("runAsNonRoot").asBoolean(), where, "may run as root");
    for (String id : List.of("runAsUser", "runAsGroup", "fsGroup")) {
      faults.unless(security.path(id).asInt() >= FIRST_ID, where, id + " is below " + FIRST_ID);
    }
    faults.unless(
        security.at("/seccompProfile/type").asText().equals("RuntimeDefault"),
        where,
        "has no seccomp profile");
    for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
      faults.unless(!spec.path(host).asBoolean(), where, "has " + host);
    }
    faults.unless(
        spec.path("automountServiceAccountToken").isBoolean()
            && !spec.path("automountServiceAccountToken").asBoolean(),
        where,
        "mounts the token of a service account");
    faults.unless(
        spec.path("enableServiceLinks").isBoolean() && !spec.path("enableServiceLinks").asBoolean(),
        where,
        "has the addresses of services in its environment");
    Manifest.each(spec.path("volumes")).forEach(volume -> volume(where, volume, faults));
  }

  private static void volume(Manifest where, JsonNode volume, Faults faults) {
    String name = "volume " + volume.path("name").asText();
    volume
        .fieldNames()
        .forEachRemaining(
            field ->
                faults.unless(
                    field.equals("name") || VOLUMES.contains(field), where, name + " is " + field));
    if (volume.has("emptyDir")) {
      faults.unless(volume.at("/emptyDir").has("sizeLimit"), where, name + " has no sizeLimit");
    }
    if (volume.has("secret")) {
      faults.unless(
          volume.at("/secret/defaultMode").asInt() == 0440, where, name + " is not of mode 0440");
    }
  }

  private static void container(String where, JsonNode container, Faults faults) {
    JsonNode security = container.path("securityContext");
    faults.unless(
        security.path("allowPrivilegeEscalation").isBoolean()
            && !security.path("allowPrivilegeEscalation").asBoolean(),
        where,
        "may escalate privileges");
    faults.unless(
        security.path("readOnlyRootFilesystem").asBoolean(), where, "has a writable root");
    faults.unless(!security.path("privileged").asBoolean(), where, "is privileged");
    faults.unless(
        security.at("/capabilities/drop/0").asText().equals("ALL")
            && !security.path("capabilities").has("add"),
        where,
        "does not drop all capabilities");
    if (security.has("runAsUser")) {
      faults.unless(security.path("runAsUser").asInt() >= FIRST_ID, where, "runs as a low user id");
    }
    for (String bound : List.of("requests", "limits")) {
      for (String resource : RESOURCES) {
        faults.unless(
            QUANTITY
                .matcher(container.path("resources").path(bound).path(resource).asText())
                .matches(),
            where,
            bound + " has no valid " + resource);
      }
    }
    faults.unless(
        FIXED.matcher(container.path("image").asText()).matches(),
        where,
        "has an image without a version: " + container.path("image").asText());
  }
}
