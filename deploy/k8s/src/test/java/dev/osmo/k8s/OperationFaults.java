package dev.osmo.k8s;

import static dev.osmo.k8s.PlantedFault.CONTAINER;
import static dev.osmo.k8s.PlantedFault.POD;
import static dev.osmo.k8s.PlantedFault.PROD;
import static dev.osmo.k8s.PlantedFault.addEnv;
import static dev.osmo.k8s.PlantedFault.fault;
import static dev.osmo.k8s.PlantedFault.removeEnv;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What may be wrong with watching, sidecars, restoring and secrets. */
final class OperationFaults {
  private static final String BASE_WITH = Kustomize.BASE_WITH;
  private static final String SIDECAR = "examples/sidecar";
  private static final String RESTORED = BASE_WITH + "restore";

  private OperationFaults() {}

  static Stream<PlantedFault> all() {
    return Stream.of(monitoring(), sidecar(), restore(), secrets()).flatMap(group -> group);
  }

  private static Stream<PlantedFault> monitoring() {
    return Stream.of(
        fault(
            "a metric that does not exist",
            PROD,
            all -> firstRule(all).put("expr", "osmo_prune_behind > 60"),
            "osmo_prune_behind is no metric"),
        fault(
            "a reason that does not exist",
            PROD,
            all -> firstRule(all).put("expr", "osmo_denied_total{reason=\"database-away\"} > 0"),
            "database-away is no reason"),
        fault(
            "an alert that is not explained",
            PROD,
            all -> firstRule(all).put("alert", "OsmoOther"),
            "OsmoOther: is not explained"),
        fault(
            "an alert without a severity",
            PROD,
            all -> firstRule(all).remove("labels"),
            "has no severity"),
        fault(
            "a panel of a metric that does not exist",
            PROD,
            all -> {
              ObjectNode data = all.get("ConfigMap", "osmo-dashboard").object("/data");
              data.put(
                  "osmo.json", data.path("osmo.json").asText().replace("osmo_tokens)", "osmo_x)"));
            },
            "osmo_x is no metric"));
  }

  private static Stream<PlantedFault> sidecar() {
    String initial = POD + "/initContainers/0";
    return Stream.of(
        fault(
            "a command that does not exist",
            SIDECAR,
            all -> ((ArrayNode) all.get("Job", "report").at(initial + "/args")).set(1, "start"),
            "osmo sidecar start is no command"),
        fault(
            "an option that does not exist",
            SIDECAR,
            all -> ((ArrayNode) all.get("Job", "report").at(initial + "/args")).set(2, "--out"),
            "osmo sidecar run has no option --out"),
        fault(
            "a probe of another path",
            SIDECAR,
            all ->
                all.get("Job", "report")
                    .object(initial + "/startupProbe/httpGet")
                    .put("path", "/started"),
            "startupProbe is not /startup"),
        fault(
            "a probe of another port",
            SIDECAR,
            all ->
                all.get("Job", "report")
                    .object(initial + "/livenessProbe/httpGet")
                    .put("port", 8085),
            "livenessProbe has another port than --health"),
        fault(
            "a sidecar without probes",
            SIDECAR,
            all -> all.get("Job", "report").object(initial).remove("readinessProbe"),
            "readinessProbe is not /readiness"),
        fault(
            "a sidecar without an address for its probes",
            SIDECAR,
            all -> ((ArrayNode) all.get("Job", "report").at(initial + "/args")).remove(4),
            "without --health"),
        fault(
            "an ordinary container that nobody may end",
            "examples/shutdown",
            all ->
                ((ArrayNode) all.get("Job", "old-report").at(POD + "/containers/1/args")).remove(4),
            "that nobody ends"),
        fault(
            "a Role for every Secret",
            "examples/self-rotate",
            all -> all.get("Role", "osmo-self-rotate").object("/rules/0").remove("resourceNames"),
            "allows more than get and update of one Secret"),
        fault(
            "a Role that may delete",
            "examples/self-rotate",
            all ->
                ((ArrayNode) all.get("Role", "osmo-self-rotate").at("/rules/0/verbs"))
                    .add("delete"),
            "allows more than get and update of one Secret"),
        fault(
            "a Role for another Secret than that of the option",
            "examples/self-rotate",
            all ->
                ((ArrayNode) all.get("Role", "osmo-self-rotate").at("/rules/0/resourceNames"))
                    .set(0, "other"),
            "no Role for the Secret osmo-pipeline-token"),
        fault(
            "a sidecar that the Job waits for",
            SIDECAR,
            all -> all.get("Job", "report").object(initial).remove("restartPolicy"),
            "must end before the program starts"),
        fault(
            "a program that does not mount the folder",
            SIDECAR,
            all -> all.get("Job", "report").object(CONTAINER).remove("volumeMounts"),
            "no program that reads /run/osmo"),
        fault(
            "a label without a sidecar",
            SIDECAR,
            all -> all.get("Job", "report").object(POD).remove("initContainers"),
            "has no sidecar"),
        fault(
            "an unknown variable",
            SIDECAR,
            all -> addEnv(all.get("Job", "report").object(initial), "OSMO_SERVER", "x"),
            "OSMO_SERVER is no setting of osmo"),
        fault(
            "once that is restarted",
            "examples/once",
            all -> all.get("Job", "short-report").object(initial).put("restartPolicy", "Always"),
            "a step that never ends"));
  }

  private static Stream<PlantedFault> restore() {
    return Stream.of(
        job(
            "a command that does not exist",
            job -> argumentsOf(job).set(0, "revoke"),
            "does not run"),
        job(
            "a decision that nobody made",
            job -> argumentsOf(job).set(1, "2026-11-30T16:00:00Z"),
            "would decide before an operator has named the time"),
        job("revoking nothing", job -> argumentsOf(job).set(1, "none"), "would decide before"),
        job(
            "a file that is not there",
            job -> job.object(CONTAINER).remove("volumeMounts"),
            "names /etc/osmo/removals, which is not mounted"),
        job(
            "a Job that gives up at once",
            job -> job.object("/spec").put("backoffLimit", 0),
            "gives up before the migration"),
        job(
            "no password of the owner",
            job -> removeEnv(job.object(CONTAINER), "TOKEN_SERVICE_MIGRATE_PASSWORD_FILE"),
            "has no password of the owner"),
        epoch("token-service", "TOKEN_SERVICE", "0", "has no epoch above 0"),
        epoch("auth-exchange-service", "AUTH_EXCHANGE", "2", "another epoch than auth-exchange"),
        fault(
            "another epoch of token-service",
            RESTORED,
            all ->
                addEnv(
                    all.get("Deployment", "token-service").object(CONTAINER),
                    "TOKEN_SERVICE_DATABASE_EPOCH",
                    "2"),
            "another epoch than token-service"));
  }

  private static Stream<PlantedFault> secrets() {
    return Stream.of(
        fault(
            "a Secret in a file",
            PROD,
            all -> all.get("Service", "token-service").root().put("kind", "Secret"),
            "Secret token-service: is in a file"),
        fault(
            "a token in a ConfigMap",
            PROD,
            all ->
                all.generated("ConfigMap", "token-service-settings")
                    .orElseThrow()
                    .object("/data")
                    .put("QUARKUS_X", "osmo_00000000000000000000000000002duGrq"),
            "QUARKUS_X has a secret"));
  }

  private static PlantedFault job(String name, Consumer<Manifest> fault, String expected) {
    return fault(
        name,
        RESTORED,
        all -> fault.accept(all.get("Job", "token-service-revoke-before")),
        expected);
  }

  private static PlantedFault epoch(String service, String prefix, String value, String expected) {
    return fault(
        "the epoch " + value + " of " + service,
        RESTORED,
        all ->
            all.generated("ConfigMap", service + "-settings")
                .orElseThrow()
                .object("/data")
                .put(prefix + "_DATABASE_EPOCH", value),
        expected);
  }

  private static ArrayNode argumentsOf(Manifest job) {
    return (ArrayNode) job.at(CONTAINER + "/args");
  }

  private static ObjectNode firstRule(Rendering all) {
    return all.get("PrometheusRule", "osmo").object("/spec/groups/0/rules/0");
  }
}
