package dev.osmo.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule finds what it is for. */
class PlantedFaultsTest {
  private static final String DEV = "overlays/dev";
  private static final String PROD = "overlays/prod";
  private static final String SIDECAR = "examples/sidecar";
  private static final String BASE_WITH = Kustomize.BASE_WITH;
  private static final String RESTORED = BASE_WITH + "restore";
  private static final String WITH_TLS = BASE_WITH + "service-tls";
  private static final String POD = "/spec/template/spec";
  private static final String CONTAINER = POD + "/containers/0";

  @BeforeEach
  void kustomizeIsInstalled() {
    assumeTrue(Kustomize.program().isPresent(), Kustomize.SKIPPED);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
            model(),
            restricted(),
            probes(),
            environment(),
            references(),
            routes(),
            network(),
            monitoring(),
            sidecar(),
            restore(),
            tls(),
            secrets())
        .flatMap(group -> group);
  }

  private static Stream<Arguments> model() {
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

  private static Stream<Arguments> restricted() {
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

  private static Stream<Arguments> probes() {
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

  private static Stream<Arguments> environment() {
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

  private static Stream<Arguments> references() {
    return Stream.of(
        container(
            "a ConfigMap that is missing",
            one -> ((ObjectNode) one.at("/envFrom/0/configMapRef")).put("name", "x"),
            "names the ConfigMap x"),
        fault(
            "a key that is missing",
            PROD,
            all ->
                all.generated("ConfigMap", "osmo-installation")
                    .orElseThrow()
                    .object("/data")
                    .remove("issuer"),
            "issuer"),
        pod(
            "a Secret that is not on the page",
            spec -> volume(spec, "settings", "/secret").put("secretName", "osmo-database"),
            "which nobody makes"),
        pod(
            "a key that is not on the page",
            spec -> volume(spec, "settings", "/secret/items/0").put("key", "passwort"),
            "which nobody makes"),
        pod(
            "a ConfigMap that is not on the page",
            spec -> volume(spec, "service-ca", "/configMap").put("name", "osmo-ca"),
            "mounts ConfigMap osmo-ca"),
        pod(
            "a key of a ConfigMap that is not on the page",
            spec -> volume(spec, "service-ca", "/configMap/items/0").put("key", "ca.pem"),
            "mounts ConfigMap osmo-service-ca"),
        fault(
            "a selector that selects nothing",
            PROD,
            all -> all.get("Service", "token-service").object("/spec/selector").put("x", "y"),
            "selects 0 kinds of pods"),
        fault(
            "a target port that is missing",
            PROD,
            all ->
                all.get("Service", "token-service").object("/spec/ports/0").put("targetPort", "x"),
            "which no pod has"),
        fault(
            "a budget that blocks a drain",
            PROD,
            all ->
                all.get("PodDisruptionBudget", "token-service")
                    .object("/spec")
                    .remove("unhealthyPodEvictionPolicy"),
            "block the drain"),
        pod(
            "pods that may all be on one node",
            spec -> spec.remove("affinity"),
            "does not spread its pods"),
        pod(
            "pods that may all be in one zone",
            spec -> spec.remove("topologySpreadConstraints"),
            "does not spread its pods"),
        fault(
            "no budget",
            PROD,
            all ->
                all.get("PodDisruptionBudget", "token-service")
                    .object("/metadata")
                    .put("name", "x"),
            "has no PodDisruptionBudget"),
        pod("no spread", spec -> spec.remove("topologySpreadConstraints"), "does not spread"),
        exchange(
            "replicas beside an autoscaler",
            "/spec",
            spec -> spec.put("replicas", 2),
            "one that states its replicas"),
        fault(
            "a monitor of nothing",
            PROD,
            all ->
                all.get("ServiceMonitor", "osmo").object("/spec/endpoints/0").put("port", "http"),
            "does not select the management ports"));
  }

  private static Stream<Arguments> routes() {
    return Stream.of(
        fault(
            "a missing route of an Ingress",
            DEV,
            all -> ((ArrayNode) ingressPaths(all)).remove(0),
            "lacks the routes [/api/auth/access_token/*"),
        fault(
            "a prefix instead of a path",
            DEV,
            all ->
                Manifest.each(ingressPaths(all))
                    .filter(path -> path.path("path").asText().equals("/api/pool"))
                    .forEach(path -> ((ObjectNode) path).put("pathType", "Prefix")),
            "lacks the routes [/api/pool to token-service]"),
        fault(
            "a route to the other service",
            DEV,
            all ->
                ((ObjectNode) ingressPaths(all).get(0).at("/backend/service"))
                    .put("name", "auth-exchange-service"),
            "/api/auth/access_token does not lead to token-service"),
        fault(
            "a public health check",
            DEV,
            all -> ((ObjectNode) ingressPaths(all).get(0)).put("path", "/q"),
            "/q/metrics is public"),
        fault(
            "a public address for what the services use among themselves",
            DEV,
            all -> ((ObjectNode) ingressPaths(all).get(0)).put("path", "/api/auth/session"),
            "/api/auth/session is public"),
        fault(
            "a port that no Service has",
            DEV,
            all ->
                ((ObjectNode) ingressPaths(all).get(0).at("/backend/service/port"))
                    .put("name", "management"),
            "which is no Service"),
        fault(
            "a missing route of the Gateway API",
            PROD,
            all -> ((ArrayNode) all.get("HTTPRoute", "osmo").at("/spec/rules/1/matches")).remove(3),
            "lacks the routes [/oauth2/*"),
        fault(
            "a route of the Gateway API to another port",
            PROD,
            all ->
                all.get("HTTPRoute", "osmo")
                    .object("/spec/rules/0/backendRefs/0")
                    .put("port", 9000),
            "which is no Service"));
  }

  private static Stream<Arguments> network() {
    return Stream.of(
        fault(
            "no default",
            PROD,
            all -> all.manifests().removeIf(one -> one.is("NetworkPolicy", "default-deny")),
            "default/[any] to osmo/[other]:8443: is allowed"),
        fault(
            "no way to the keys",
            PROD,
            all -> all.get("NetworkPolicy", "keys-from").object("/spec").remove("egress"),
            "osmo/[token-service] to osmo/[auth-exchange-service]:8443: is blocked"),
        fault(
            "no way to the sessions",
            PROD,
            all -> all.get("NetworkPolicy", "sessions-from").object("/spec").remove("egress"),
            "osmo/[auth-exchange-service] to osmo/[token-service]:8443: is blocked"),
        fault(
            "a policy for everybody",
            PROD,
            all -> all.get("NetworkPolicy", "gateway").object("/spec/ingress/0").remove("from"),
            "default/[any] to osmo/[token-service]:8443: is allowed"),
        fault(
            "another port of the database",
            PROD,
            all ->
                all.get("NetworkPolicy", "database")
                    .object("/spec/egress/0/ports/0")
                    .put("port", 5433),
            "osmo/[token-service] to outside/[]:5432: is blocked"));
  }

  private static Stream<Arguments> monitoring() {
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

  private static Stream<Arguments> sidecar() {
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

  private static Stream<Arguments> restore() {
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

  private static Arguments job(String name, Consumer<Manifest> fault, String expected) {
    return fault(
        name,
        RESTORED,
        all -> fault.accept(all.get("Job", "token-service-revoke-before")),
        expected);
  }

  private static Arguments epoch(String service, String prefix, String value, String expected) {
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

  private static Stream<Arguments> tls() {
    return Stream.of(
        fault(
            "one service without TLS",
            WITH_TLS,
            all -> {
              ObjectNode container = all.get("Deployment", "token-service").object(CONTAINER);
              removeEnv(container, "QUARKUS_HTTP_SSL_PORT");
            },
            "has no port https with the number"),
        fault(
            "a second port without TLS",
            WITH_TLS,
            all ->
                setEnv(
                    all.get("Deployment", "token-service").object(CONTAINER),
                    "QUARKUS_HTTP_INSECURE_REQUESTS",
                    "enabled"),
            "also has a port without TLS"),
        fault(
            "a key that is not mounted",
            WITH_TLS,
            all ->
                setEnv(
                    all.get("Deployment", "auth-exchange-service").object(CONTAINER),
                    "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES",
                    "/run/secrets/osmo-tls/key.pem"),
            "names no mounted file"),
        fault(
            "a certificate that is read once",
            WITH_TLS,
            all ->
                removeEnv(
                    all.get("Deployment", "auth-exchange-service").object(CONTAINER),
                    "QUARKUS_HTTP_SSL_CERTIFICATE_RELOAD_PERIOD"),
            "does not read a renewed certificate"),
        fault(
            "the key set without its authority",
            WITH_TLS,
            all ->
                removeEnv(
                    all.get("Deployment", "token-service").object(CONTAINER),
                    "TOKEN_SERVICE_JWKS_CA_FILE"),
            "does not verify the certificate of the other service"),
        fault(
            "an authority beside the certificate, where the issuer of the certificate writes it",
            WITH_TLS,
            all ->
                setEnv(
                    all.get("Deployment", "token-service").object(CONTAINER),
                    "TOKEN_SERVICE_JWKS_CA_FILE",
                    "/run/secrets/osmo-tls/ca.crt"),
            "does not trust the authorities of osmo-service-ca"),
        fault(
            "the key set without TLS",
            WITH_TLS,
            all ->
                setEnv(
                    all.get("Deployment", "token-service").object(CONTAINER),
                    "TOKEN_SERVICE_JWKS_URL",
                    "http://auth-exchange-service:8080/api/auth/keys"),
            "does not fetch the keys from the exchange"),
        fault(
            "a probe with TLS of a port without it",
            WITH_TLS,
            all ->
                all.get("Deployment", "token-service")
                    .object(CONTAINER + "/readinessProbe/httpGet")
                    .put("scheme", "HTTPS"),
            "readinessProbe has another scheme than its port"),
        fault(
            "a Service that does not say what it speaks",
            WITH_TLS,
            all ->
                all.get("Service", "token-service").object("/spec/ports/0").remove("appProtocol"),
            "does not say whether it has TLS"),
        fault(
            "an Ingress that speaks HTTP to the services",
            WITH_TLS + "+ingress",
            all -> all.get("Ingress", "osmo").object("/metadata").remove("annotations"),
            "does not say whether the services have TLS"),
        fault(
            "a route to the port without TLS",
            WITH_TLS + "+gateway-api",
            all ->
                all.get("HTTPRoute", "osmo")
                    .object("/spec/rules/0/backendRefs/0")
                    .put("port", 8080),
            "leads to token-service:8080, which is no Service"),
        fault(
            "a policy for the port without TLS",
            WITH_TLS + "+networkpolicy",
            all ->
                all.get("NetworkPolicy", "keys-to")
                    .object("/spec/ingress/0/ports/0")
                    .put("port", 8080),
            "osmo/[token-service] to osmo/[auth-exchange-service]:8443: is blocked"),
        fault(
            "a Gateway that verifies another name",
            BASE_WITH + "backend-tls",
            all ->
                all.get("BackendTLSPolicy", "token-service")
                    .object("/spec/validation")
                    .put("hostname", "other"),
            "is not for the name of a Service"),
        fault(
            "a Gateway that expects TLS where there is none",
            DEV,
            all -> {
              Manifest policy =
                  Kustomize.baseWith("backend-tls").get("BackendTLSPolicy", "token-service");
              all.get("Service", "token-service").root().setAll(policy.root());
            },
            "is for a Service without TLS"));
  }

  private static Stream<Arguments> secrets() {
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

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void a_planted_fault_is_found(
      String name, String folder, Consumer<Rendering> fault, String expected) {
    Rendering rendering =
        folder.startsWith(BASE_WITH)
            ? Kustomize.baseWith(folder.substring(BASE_WITH.length()))
            : Kustomize.render(folder);

    fault.accept(rendering);

    assertThat(Rules.faults(rendering)).as(name).anyMatch(found -> found.contains(expected));
  }

  private static Arguments fault(
      String name, String folder, Consumer<Rendering> fault, String expected) {
    return arguments(name, folder, fault, expected);
  }

  private static Arguments exchange(
      String name, String pointer, Consumer<ObjectNode> fault, String expected) {
    return fault(
        name,
        PROD,
        all -> fault.accept(all.get("Deployment", "auth-exchange-service").object(pointer)),
        expected);
  }

  private static Arguments pod(String name, Consumer<ObjectNode> fault, String expected) {
    return exchange(name, POD, fault, expected);
  }

  private static Arguments container(String name, Consumer<ObjectNode> fault, String expected) {
    return exchange(name, CONTAINER, fault, expected);
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

  private static void addEnv(ObjectNode container, String name, String value) {
    ((ArrayNode) container.path("env")).addObject().put("name", name).put("value", value);
  }

  private static void setEnv(ObjectNode container, String name, String value) {
    ((ObjectNode) Manifest.named(container.path("env"), name).orElseThrow()).put("value", value);
  }

  private static void removeEnv(ObjectNode container, String name) {
    ((ArrayNode) container.path("env"))
        .elements()
        .forEachRemaining(
            one -> {
              if (one.path("name").asText().equals(name)) {
                ((ObjectNode) one).put("name", "QUARKUS_LOG_LEVEL");
              }
            });
  }

  private static JsonNode ingressPaths(Rendering all) {
    return all.get("Ingress", "osmo").at("/spec/rules/0/http/paths");
  }

  private static ObjectNode firstRule(Rendering all) {
    return all.get("PrometheusRule", "osmo").object("/spec/groups/0/rules/0");
  }
}
