package dev.osmo.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The public address has the routes of the route table and no others, to ports that exist. */
final class RouteRule implements Rule {
  private static final List<String> NEVER =
      List.of(
          "/index.html",
          "/q/health/ready",
          "/q/metrics",
          "/q/openapi",
          "/api/auth",
          "/api/auth/users");

  @Override
  public List<String> faults(Rendering rendering) {
    Faults faults = new Faults();
    rendering
        .of("Ingress")
        .forEach(
            ingress -> {
              routes(ingress, Routes.ofIngress(ingress), faults);
              Manifest.each(ingress.at("/spec/rules/0/http/paths"))
                  .map(path -> path.at("/backend/service"))
                  .forEach(
                      service ->
                          backend(
                              rendering,
                              ingress,
                              service.path("name").asText(),
                              service.at("/port/name").asText(),
                              faults));
              faults.unless(
                  ingress.at("/spec/tls/0/hosts/0").equals(ingress.at("/spec/rules/0/host")),
                  ingress,
                  "has no TLS for its host");
            });
    rendering
        .of("HTTPRoute")
        .forEach(
            route -> {
              routes(route, Routes.ofHttpRoute(route), faults);
              Manifest.each(route.at("/spec/rules"))
                  .flatMap(rule -> Manifest.each(rule.path("backendRefs")))
                  .forEach(
                      reference ->
                          backend(
                              rendering,
                              route,
                              reference.path("name").asText(),
                              reference.path("port").asText(),
                              faults));
            });
    return faults.all();
  }

  private static void routes(Manifest where, Routes routes, Faults faults) {
    Set<String> missing = strings(Routes.ofContract());
    missing.removeAll(strings(routes));
    Set<String> added = strings(routes);
    added.removeAll(strings(Routes.ofContract()));
    faults.unless(missing.isEmpty(), where, "lacks the routes " + missing);
    faults.unless(added.isEmpty(), where, "has other routes than the table: " + added);
    Stream.of(Routes.TOKEN_SERVICE, Routes.AUTH_EXCHANGE)
        .forEach(
            service ->
                Routes.documented(service)
                    .forEach(
                        path ->
                            faults.unless(
                                routes.services(path).equals(Set.of(service)),
                                where,
                                path + " does not lead to " + service)));
    Stream.concat(NEVER.stream(), Routes.internal().stream())
        .forEach(
            path -> faults.unless(routes.services(path).isEmpty(), where, path + " is public"));
  }

  private static void backend(
      Rendering rendering, Manifest where, String name, String port, Faults faults) {
    faults.unless(
        rendering
            .find("Service", name)
            .filter(
                service ->
                    Manifest.each(service.at("/spec/ports")).anyMatch(one -> isPort(one, port)))
            .isPresent(),
        where,
        "leads to " + name + ":" + port + ", which is no Service");
  }

  private static boolean isPort(JsonNode one, String port) {
    return one.path("name").asText().equals(port) || one.path("port").asText().equals(port);
  }

  private static Set<String> strings(Routes routes) {
    Set<String> strings = new TreeSet<>();
    routes.all().forEach(route -> strings.add(route.toString()));
    return strings;
  }
}
