package dev.osmo.http.web;

import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.ProblemMapper;
import dev.osmo.http.problem.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Answers OPTIONS with the methods of the address, and every other method that the address does not
 * support with 405 and the same list (RFC 9110, sections 9.3.7 and 15.5.6). The framework's own
 * response is 404 where another address of the same resource class supports the method.
 */
@Singleton
public class AllowedMethods {

  private static final int METHOD_NOT_ALLOWED = 405;

  private final ProblemMapper problems;

  public AllowedMethods(ProblemMapper problems) {
    this.problems = problems;
  }

  /** Runs after the checks of the URL, which apply to every method. */
  @ServerRequestFilter(preMatching = true, priority = Priorities.USER + 2)
  public Optional<Response> answerOptions(ContainerRequestContext request) {
    if (!request.getMethod().equals(HttpMethod.OPTIONS)) {
      return Optional.empty();
    }
    Set<String> methods = methodsOf(request);
    if (methods.isEmpty()) {
      throw Refusal.of(HttpProblem.NOT_FOUND).toException();
    }
    return Optional.of(
        Response.noContent().header(HttpHeaders.ALLOW, String.join(", ", methods)).build());
  }

  @ServerExceptionMapper
  public Uni<Response> notFound(
      NotFoundException e, ContainerRequestContext request, RoutingContext context) {
    Set<String> methods = methodsOf(request);
    return methods.isEmpty() || methods.contains(request.getMethod())
        ? Uni.createFrom().item(() -> problems.fromFramework(e, context))
        : problems.refused(Refusal.of(HttpProblem.METHOD_NOT_ALLOWED).toException(), context);
  }

  @ServerResponseFilter
  public void completeRefusal(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() == METHOD_NOT_ALLOWED) {
      response.getHeaders().putSingle(HttpHeaders.ALLOW, String.join(", ", methodsOf(request)));
    }
  }

  private static Set<String> methodsOf(ContainerRequestContext request) {
    return RouteMethods.at(request.getUriInfo().getPath());
  }
}
