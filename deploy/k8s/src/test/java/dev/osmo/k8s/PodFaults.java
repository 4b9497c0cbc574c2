package dev.osmo.k8s;

import static dev.osmo.k8s.PlantedFault.CONTAINER;
import static dev.osmo.k8s.PlantedFault.PROD;
import static dev.osmo.k8s.PlantedFault.addEnv;
import static dev.osmo.k8s.PlantedFault.container;
import static dev.osmo.k8s.PlantedFault.exchange;
import static dev.osmo.k8s.PlantedFault.fault;
import static dev.osmo.k8s.PlantedFault.pod;
import static dev.osmo.k8s.PlantedFault.removeEnv;
import static dev.osmo.k8s.PlantedFault.setEnv;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;

/** What may be wrong with a pod: its fields, its rights, its probes and its settings. */
final class PodFaults {

  private PodFaults() {}

  static Stream<PlantedFault> all() {
    return Stream.of(model(), restricted(), probes(), environment()).flatMap(group -> group);
  }

  private static Stream<PlantedFault> model() {
    return Stream.of(
        exchange("a misspelled field", "/spec", spec -> spec.put("replica", 3), ".replica"),
        exchange(
            "an unknown field deep inside",
            CONTAINER + "/readinessProbe",
            probe -> probe.put("periodSecond", 3),
            "periodSecond"),
        exchange("a wrong type", "/spec", spec -> spec.put("replicas", "two"), "replicas"),
        exchange("a missing required field", "/spec", spec -> spec.remove("selector"), "selector"),
        fault(
            "an unknown kind",
            PROD,
            all -> all.get("Deployment", "token-service").root().put("kind", "Deploymen"),
            "Deploymen"),
        fault(
            "a misspelled field of a route",
            PROD,
            all -> all.get("HTTPRoute", "osmo").object("/spec").put("hostname", "x"),
            "hostname"),
        fault(
            "a misspelled field of a monitor",
            PROD,
            all -> all.get("ServiceMonitor", "osmo").object("/spec/endpoints/0").put("prt", "x"),
            "prt"));
  }

  private static Stream<PlantedFault> restricted() {
    return Stream.of(
        pod("root", spec -> security(spec).put("runAsNonRoot", false), "may run as root"),
        pod("a low user", spec -> security(spec).put("runAsUser", 999), "runAsUser is below"),
        pod("a low group", spec -> security(spec).remove("fsGroup"), "fsGroup is below"),
        pod(
            "no seccomp profile",
            spec -> security(spec).remove("seccompProfile"),
            "has no seccomp profile"),
        pod("the host's network", spec -> spec.put("hostNetwork", true), "hostNetwork"),
        pod(
            "a service account's token",
            spec -> spec.remove("automountServiceAccountToken"),
            "mounts the token of a service account"),
        pod("service links", spec -> spec.remove("enableServiceLinks"), "addresses of services"),
        pod(
            "a folder of the host",
            spec ->
                ((ArrayNode) spec.path("volumes"))
                    .addObject()
                    .put("name", "host")
                    .putObject("hostPath")
                    .put("path", "/"),
            "volume host is hostPath"),
        pod(
            "an unlimited volume",
            spec -> volume(spec, "tmp", "/emptyDir").remove("sizeLimit"),
            "has no sizeLimit"),
        pod(
            "a secret for all to read",
            spec -> volume(spec, "settings", "/secret").put("defaultMode", 0444),
            "is not of mode 0440"),
        container(
            "escalation",
            one -> containerSecurity(one).remove("allowPrivilegeEscalation"),
            "may escalate privileges"),
        container(
            "a writable root",
            one -> containerSecurity(one).put("readOnlyRootFilesystem", false),
            "has a writable root"),
        container(
            "a privileged container",
            one -> containerSecurity(one).put("privileged", true),
            "is privileged"),
        container(
            "an added capability",
            one ->
                ((ObjectNode) one.at("/securityContext/capabilities"))
                    .putArray("add")
                    .add("NET_ADMIN"),
            "does not drop all capabilities"),
        container(
            "a low user of a container",
            one -> containerSecurity(one).put("runAsUser", 0),
            "runs as a low user id"),
        container(
            "no limit of the disk",
            one -> ((ObjectNode) one.at("/resources/limits")).remove("ephemeral-storage"),
            "limits has no valid ephemeral-storage"),
        container(
            "a memory without a unit's spelling",
            one -> ((ObjectNode) one.at("/resources/requests")).put("memory", "512MB"),
            "requests has no valid memory"),
        container(
            "the latest image", one -> one.put("image", "osmo/x:latest"), "without a version"),
        container("an image without a tag", one -> one.put("image", "a:5/x"), "without a version"));
  }

  private static Stream<PlantedFault> probes() {
    return Stream.of(
        container("no startup probe", one -> one.remove("startupProbe"), "has no startupProbe"),
        container("no liveness probe", one -> one.remove("livenessProbe"), "has no livenessProbe"),
        container(
            "another path",
            one -> ((ObjectNode) one.at("/readinessProbe/httpGet")).put("path", "/health"),
            "readinessProbe is not /q/health/ready"),
        container(
            "the port for requests",
            one -> ((ObjectNode) one.at("/livenessProbe/httpGet")).put("port", "http"),
            "livenessProbe is not"),
        container(
            "another port than that of the settings",
            one -> ((ObjectNode) one.at("/ports/1")).put("containerPort", 9001),
            "has no port management"),
        container("no pause at the end", one -> one.remove("lifecycle"), "has no pause"),
        pod("a short grace", spec -> spec.put("terminationGracePeriodSeconds", 20), "is killed"),
        container(
            "a delay that the probe misses",
            one -> setEnv(one, "QUARKUS_SHUTDOWN_DELAY", "1s"),
            "ends before a probe has seen"),
        fault(
            "the management port in a Service",
            PROD,
            all ->
                ((ArrayNode) all.get("Service", "token-service").at("/spec/ports"))
                    .addObject()
                    .put("name", "management")
                    .put("port", 9000)
                    .put("targetPort", "management"),
            "more than the port for requests"));
  }

  private static Stream<PlantedFault> environment() {
    return Stream.of(
        container(
            "an unknown setting",
            one -> addEnv(one, "AUTH_EXCHANGE_ISSUE", "x"),
            "AUTH_EXCHANGE_ISSUE is no setting"),
        fault(
            "an unknown setting in a ConfigMap",
            PROD,
            all ->
                all.generated("ConfigMap", "token-service-settings")
                    .orElseThrow()
                    .object("/data")
                    .put("TOKEN_SERVICE_ISSUERS", "x"),
            "TOKEN_SERVICE_ISSUERS is no setting"),
        container(
            "a missing setting",
            one -> removeEnv(one, "AUTH_EXCHANGE_KEY_FILE"),
            "AUTH_EXCHANGE_KEY_FILE is not set"),
        container(
            "sessions elsewhere",
            one -> setEnv(one, "AUTH_EXCHANGE_TOKEN_SERVICE_URL", "http://elsewhere:8080"),
            "does not have token-service keep the sessions"),
        fault(
            "a missing setting of the migration",
            PROD,
            all ->
                removeEnv(
                    all.get("Job", "token-service-migrate").object(CONTAINER),
                    "TOKEN_SERVICE_MIGRATE_URL"),
            "TOKEN_SERVICE_MIGRATE_URL is not set"),
        container(
            "another database user",
            one -> setEnv(one, "QUARKUS_DATASOURCE_USERNAME", "osmo_owner"),
            "uses another database user"),
        container(
            "a password in the environment",
            one -> addEnv(one, "QUARKUS_DATASOURCE_PASSWORD", "x"),
            "QUARKUS_DATASOURCE_PASSWORD holds a secret"),
        container(
            "a Secret in the environment",
            one ->
                ((ArrayNode) one.path("env"))
                    .addObject()
                    .put("name", "QUARKUS_LOG_LEVEL")
                    .putObject("valueFrom")
                    .putObject("secretKeyRef")
                    .put("name", "x")
                    .put("key", "x"),
            "QUARKUS_LOG_LEVEL holds a secret"),
        container(
            "all of a Secret in the environment",
            one ->
                ((ArrayNode) one.path("envFrom"))
                    .addObject()
                    .putObject("secretRef")
                    .put("name", "x"),
            "has a Secret in its environment"),
        container(
            "a file that is not mounted",
            one -> setEnv(one, "AUTH_EXCHANGE_PEPPER_FILE", "/run/secrets/osmo/peppers"),
            "which is not mounted"),
        container(
            "a file that is not in the ConfigMap",
            one ->
                setEnv(
                    one, "AUTH_EXCHANGE_IDENTITY_PROVIDERS_FILE", "/etc/osmo/issuers/others.json"),
            "which is not mounted"),
        container(
            "settings behind a symbolic link",
            one -> setEnv(one, "SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS", "/run/secrets/osmo/x"),
            "no file of the database's password"),
        fault(
            "another issuer than the public address",
            PROD,
            all ->
                ((ArrayNode) all.get("HTTPRoute", "osmo").at("/spec/hostnames"))
                    .removeAll()
                    .add("other.example.com"),
            "has another issuer"));
  }

  private static ObjectNode volume(ObjectNode spec, String name, String pointer) {
    return (ObjectNode) Manifest.named(spec.path("volumes"), name).orElseThrow().at(pointer);
  }

  private static ObjectNode security(ObjectNode spec) {
    return (ObjectNode) spec.path("securityContext");
  }

  private static ObjectNode containerSecurity(ObjectNode container) {
    return (ObjectNode) container.path("securityContext");
  }
}
