package dev.osmo.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.testkit.contracts.Contracts;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A set of routes of one address. */
record Routes(List<Route> all) {
  static final String TOKEN_SERVICE = "token-service";
  static final String AUTH_EXCHANGE = "auth-exchange-service";

  /**
   * @param exact whether the path alone, and not what is below it
   */
  record Route(String path, boolean exact, String service) {
    boolean covers(String requested) {
      return requested.equals(path) || (!exact && requested.startsWith(path + "/"));
    }

    @Override
    public String toString() {
      return path + (exact ? "" : "/*") + " to " + service;
    }
  }

  /** Those of the data file, without the sample API of the local stack. */
  static Routes ofContract() {
    return new Routes(
        Manifest.each(Contracts.json("routes.json").path("routes"))
            .filter(route -> !route.path("service").asText().equals("sample-api"))
            .map(
                route ->
                    new Route(
                        route.path("path").asText(),
                        route.path("match").asText().equals("exact"),
                        route.path("service").asText()))
            .toList());
  }

  static Routes ofIngress(Manifest ingress) {
    return new Routes(
        Manifest.each(ingress.at("/spec/rules/0/http/paths"))
            .map(
                path ->
                    new Route(
                        path.path("path").asText(),
                        path.path("pathType").asText().equals("Exact"),
                        path.at("/backend/service/name").asText()))
            .toList());
  }

  static Routes ofHttpRoute(Manifest route) {
    return new Routes(
        Manifest.each(route.at("/spec/rules"))
            .flatMap(
                rule ->
                    Manifest.each(rule.path("matches"))
                        .map(match -> match.path("path"))
                        .map(
                            path ->
                                new Route(
                                    path.path("value").asText(),
                                    path.path("type").asText().equals("Exact"),
                                    rule.at("/backendRefs/0/name").asText())))
            .toList());
  }

  /** The services that get a request for a path. */
  Set<String> services(String path) {
    return all.stream()
        .filter(route -> route.covers(path))
        .map(Route::service)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The paths that the services use among themselves. */
  static List<String> internal() {
    return Manifest.each(Contracts.json("routes.json").path("internal"))
        .map(JsonNode::asText)
        .toList();
  }

  /** The public paths in the OpenAPI document of a service, with a value for each parameter. */
  static List<String> documented(String service) {
    JsonNode paths = Contracts.json("openapi-" + service + ".json").path("paths");
    return paths.properties().stream()
        .map(entry -> entry.getKey().replaceAll("\\{[^}]*}", "x"))
        .filter(path -> !internal().contains(path))
        .toList();
  }
}
