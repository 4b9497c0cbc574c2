package dev.osmo.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * With TLS, both services have it, nobody can avoid it, each verifies the other, and the gateway is
 * told. Without it, nothing says that there is any.
 */
final class TlsRule implements Rule {
  private static final Map<String, String> AUTHORITIES =
      Map.of(
          "token-service", "TOKEN_SERVICE_JWKS_CA_FILE",
          "auth-exchange-service", "AUTH_EXCHANGE_TOKEN_SERVICE_CA_FILE");
  private static final List<String> FILES =
      List.of("QUARKUS_HTTP_SSL_CERTIFICATE_FILES", "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES");

  /** The ConfigMap osmo-service-ca, in which the operator can have two authorities. */
  private static final String BUNDLE = "/run/secrets/osmo-service-ca/ca.crt";

  /** The annotation of ingress-nginx, without the slashes that a pointer would read. */
  private static final String BACKEND = "nginx.ingress.kubernetes.io/backend-protocol";

  @Override
  public List<String> faults(Rendering rendering) {
    Faults faults = new Faults();
    Transport transport = Transport.of(rendering);
    AUTHORITIES.forEach(
        (service, authority) -> {
          if (transport.tls()) {
            rendering
                .find("Deployment", service)
                .ifPresent(one -> deployment(rendering, one, authority, faults));
          }
          rendering
              .find("Service", service)
              .ifPresent(
                  one ->
                      faults.unless(
                          one.at("/spec/ports/0/appProtocol")
                              .asText()
                              .equals(transport.tls() ? "https" : ""),
                          one,
                          "does not say whether it has TLS"));
        });
    rendering
        .of("Ingress")
        .forEach(
            one ->
                faults.unless(
                    one.at("/metadata/annotations")
                        .path(BACKEND)
                        .asText()
                        .equals(transport.tls() ? "HTTPS" : ""),
                    one,
                    "does not say whether the services have TLS"));
    backends(rendering, transport, faults);
    return faults.all();
  }

  private static void deployment(
      Rendering rendering, Manifest deployment, String authority, Faults faults) {
    JsonNode container = deployment.containers().getFirst();
    Environment environment = Environment.of(rendering, container);
    Mounts mounts = Mounts.of(rendering, deployment, container);
    faults.unless(
        environment.get("QUARKUS_HTTP_INSECURE_REQUESTS").equals("disabled"),
        deployment,
        "also has a port without TLS");
    for (String setting : FILES) {
      faults.unless(
          mounts.has(environment.get(setting)), deployment, setting + " names no mounted file");
    }
    faults.unless(
        !environment.get("QUARKUS_HTTP_SSL_CERTIFICATE_RELOAD_PERIOD").isBlank(),
        deployment,
        "does not read a renewed certificate");
    faults.unless(
        mounts.has(environment.get(authority)),
        deployment,
        "does not verify the certificate of the other service");
    // What issues a certificate writes ca.crt beside it, so nobody else can add an authority there.
    faults.unless(
        environment.get(authority).equals(BUNDLE),
        deployment,
        "does not trust the authorities of osmo-service-ca");
  }

  /** A Gateway verifies the certificate of a Service for the name of that Service. */
  private static void backends(Rendering rendering, Transport transport, Faults faults) {
    for (Manifest policy : rendering.of("BackendTLSPolicy").toList()) {
      String service = policy.at("/spec/targetRefs/0/name").asText();
      faults.unless(
          rendering.find("Service", service).isPresent()
              && policy.at("/spec/validation/hostname").asText().equals(service),
          policy,
          "is not for the name of a Service");
      faults.unless(
          transport.tls() || rendering.folder().startsWith(Kustomize.BASE_WITH),
          policy,
          "is for a Service without TLS");
    }
  }
}
