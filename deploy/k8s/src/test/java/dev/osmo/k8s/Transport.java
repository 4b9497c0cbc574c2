package dev.osmo.k8s;

/**
 * How the services of a rendering are reached.
 *
 * @param tls whether at least one of them has a port with TLS
 */
record Transport(boolean tls) {
  static Transport of(Rendering rendering) {
    return new Transport(
        rendering
            .of("Deployment")
            .flatMap(deployment -> deployment.containers().stream())
            .anyMatch(
                container ->
                    !Environment.of(rendering, container).get("QUARKUS_HTTP_SSL_PORT").isEmpty()));
  }

  /** Also the name of the port. */
  String scheme() {
    return tls ? "https" : "http";
  }

  /** The setting that has the number of the port. */
  String portSetting() {
    return tls ? "QUARKUS_HTTP_SSL_PORT" : "QUARKUS_HTTP_PORT";
  }

  int port() {
    return tls ? 8443 : 8080;
  }

  /** The address of a service within the cluster. */
  String address(String service) {
    return scheme() + "://" + service + ":" + port();
  }
}
