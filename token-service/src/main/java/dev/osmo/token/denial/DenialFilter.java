package dev.osmo.token.denial;

import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.ProblemType;
import dev.osmo.token.caller.CallerIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.AnnotatedElement;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Sees every response of a route. */
@Singleton
class DenialFilter {

  private static final int FORBIDDEN = HttpProblem.FORBIDDEN.status();

  private final DenialLog log;
  private final CurrentVertxRequest current;

  DenialFilter(DenialLog log, CurrentVertxRequest current) {
    this.log = log;
    this.current = current;
  }

  @ServerResponseFilter
  public void record(
      ContainerRequestContext request, ContainerResponseContext response, ResourceInfo route) {
    if (response.getStatus() == FORBIDDEN
        && request.getSecurityContext().getUserPrincipal() instanceof CallerIdentity caller) {
      log.record(new Denial(caller.actor(), request.getMethod() + " " + path(route), problem()));
    }
  }

  private String problem() {
    ProblemType problem = current.getCurrent().get(ProblemType.class.getName());
    return (problem == null ? HttpProblem.FORBIDDEN : problem).typeName();
  }

  private static String path(ResourceInfo route) {
    String method = path(route.getResourceMethod());
    return path(route.getResourceClass()) + (method.isEmpty() ? "" : "/" + method);
  }

  private static String path(AnnotatedElement annotated) {
    Path path = annotated.getAnnotation(Path.class);
    return path == null ? "" : path.value();
  }
}
