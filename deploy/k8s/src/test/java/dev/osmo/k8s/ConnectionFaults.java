package dev.osmo.k8s;

import static dev.osmo.k8s.PlantedFault.CONTAINER;
import static dev.osmo.k8s.PlantedFault.PROD;
import static dev.osmo.k8s.PlantedFault.container;
import static dev.osmo.k8s.PlantedFault.exchange;
import static dev.osmo.k8s.PlantedFault.fault;
import static dev.osmo.k8s.PlantedFault.pod;
import static dev.osmo.k8s.PlantedFault.removeEnv;
import static dev.osmo.k8s.PlantedFault.setEnv;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;

/** What may be wrong between objects: references, routes, network policies and TLS. */
final class ConnectionFaults {
  private static final String DEV = "overlays/dev";
  private static final String BASE_WITH = Kustomize.BASE_WITH;
  private static final String WITH_TLS = BASE_WITH + "service-tls";
  private static final String WITH_NOTICES = BASE_WITH + "expiry-notices+networkpolicy";
  private static final String WITH_POOLER = BASE_WITH + "pgbouncer-tls+pgbouncer+tls";

  private ConnectionFaults() {}

  static Stream<PlantedFault> all() {
    return Stream.of(references(), routes(), network(), tls(), pooler()).flatMap(group -> group);
  }

  private static Stream<PlantedFault> references() {
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

  private static Stream<PlantedFault> routes() {
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

  private static Stream<PlantedFault> network() {
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
            "osmo/[token-service] to outside/[]:5432: is blocked"),
        fault(
            "notices that no policy lets through",
            BASE_WITH + "networkpolicy+expiry-notices",
            all -> {},
            "osmo/[token-service] to 203.0.113.7/[]:443: is blocked"),
        fault(
            "a way to the receivers without notices",
            BASE_WITH + "networkpolicy",
            all -> notices(all).putArray("egress").addObject(),
            "osmo/[token-service] to 203.0.113.7/[]:443: is allowed"),
        fault(
            "receivers within the cluster",
            WITH_NOTICES,
            all -> notices(all).withObject("/egress/0/to/0/ipBlock").remove("except"),
            "osmo/[token-service] to 10.0.0.1/[]:443: is allowed"),
        fault(
            "the metadata server of a cloud as a receiver",
            WITH_NOTICES,
            all -> ((ArrayNode) notices(all).at("/egress/0/to/0/ipBlock/except")).remove(3),
            "osmo/[token-service] to 169.254.169.254/[]:443: is allowed"),
        fault(
            "receivers within the cluster by IPv6",
            WITH_NOTICES,
            all -> notices(all).withObject("/egress/0/to/1/ipBlock").put("cidr", "::/0"),
            "osmo/[token-service] to fd00::1/[]:443: is allowed"),
        fault(
            "receivers on any port",
            WITH_NOTICES,
            all -> notices(all).withObject("/egress/0").remove("ports"),
            "osmo/[token-service] to 203.0.113.7/[]:80: is allowed"),
        fault(
            "notices that the exchange may send",
            WITH_NOTICES,
            all -> notices(all).putObject("podSelector"),
            "osmo/[auth-exchange-service] to 203.0.113.7/[]:443: is allowed"));
  }

  private static ObjectNode notices(Rendering all) {
    return all.get("NetworkPolicy", "notices").object("/spec");
  }

  private static Stream<PlantedFault> tls() {
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

  private static Stream<PlantedFault> pooler() {
    return Stream.of(
        fault(
            "a PgBouncer without the TLS that the services demand",
            BASE_WITH + "pgbouncer+tls",
            all -> {},
            "has no TLS for the services"),
        pooler(
            "a PgBouncer that trusts any database",
            "server_tls_sslmode = verify-full",
            "server_tls_sslmode = require",
            "does not verify the database's server"),
        pooler(
            "a certificate of PgBouncer that is not mounted",
            "/run/secrets/osmo-pgbouncer-tls/tls.crt",
            "/etc/pgbouncer/tls.crt",
            "client_tls_cert_file names no mounted file"),
        fault(
            "settings of TLS that PgBouncer does not read",
            WITH_POOLER,
            all -> replace(all, "pgbouncer.ini", "%include /etc/pgbouncer/tls.ini", ""),
            "has no TLS for the services"));
  }

  private static PlantedFault pooler(String name, String right, String wrong, String expected) {
    return fault(name, WITH_POOLER, all -> replace(all, "tls.ini", right, wrong), expected);
  }

  private static void replace(Rendering all, String file, String right, String wrong) {
    ObjectNode files = all.generated("ConfigMap", "pgbouncer").orElseThrow().object("/data");
    files.put(file, files.path(file).asText().replace(right, wrong));
  }

  private static JsonNode ingressPaths(Rendering all) {
    return all.get("Ingress", "osmo").at("/spec/rules/0/http/paths");
  }

  private static ObjectNode volume(ObjectNode spec, String name, String pointer) {
    return (ObjectNode) Manifest.named(spec.path("volumes"), name).orElseThrow().at(pointer);
  }
}
