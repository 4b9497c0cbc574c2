package dev.osmo.http.web;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import jakarta.ws.rs.HttpMethod;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;

/**
 * The methods that each address supports, read from the routing table of the framework. Its own
 * answer to OPTIONS names the methods of the whole resource class.
 */
final class RouteMethods {

  private RouteMethods() {}

  /** The methods for this path, with HEAD and OPTIONS; empty if there is no such address. */
  static Set<String> at(String path) {
    Set<String> methods = new TreeSet<>();
    RequestMapper<InitialMatch> classes = classes();
    for (RequestMatch<InitialMatch> match = classes.map(path);
        match != null;
        match = classes.continueMatching(path, match)) {
      addMethods(match, methods);
    }
    if (methods.contains(HttpMethod.GET)) {
      methods.add(HttpMethod.HEAD);
    }
    if (!methods.isEmpty()) {
      methods.add(HttpMethod.OPTIONS);
    }
    return methods;
  }

  /** Not kept, because the filters are created before the table. */
  private static RequestMapper<InitialMatch> classes() {
    return new RequestMapper<>(
        new ArrayList<>(ResteasyReactiveRecorder.getCurrentDeployment().getClassMappers()));
  }

  private static void addMethods(RequestMatch<InitialMatch> match, Set<String> methods) {
    String rest = match.remaining.isEmpty() ? "/" : match.remaining;
    Stream.of(match.value.handlers)
        .filter(ClassRoutingHandler.class::isInstance)
        .map(ClassRoutingHandler.class::cast)
        .flatMap(routes -> routes.getMappers().entrySet().stream())
        .filter(entry -> isServed(entry, rest))
        .flatMap(entry -> Optional.ofNullable(entry.getKey()).stream())
        .forEach(methods::add);
  }

  private static boolean isServed(
      Map.Entry<String, RequestMapper<RuntimeResource>> routes, String path) {
    RequestMatch<RuntimeResource> match = routes.getValue().map(path);
    return match != null && (match.remaining.isEmpty() || match.remaining.equals("/"));
  }
}
