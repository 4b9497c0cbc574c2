package dev.osmo.token.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The one place where something that went wrong becomes an answer: precise in the log, bland
 * outside.
 */
class ProblemMapper {

  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
  static final MediaType PROBLEM_JSON = new MediaType("application", "problem+json");

  @ServerExceptionMapper
  Response refused(RefusedException e, RoutingContext request) {
    return answer(e.refusal(), request);
  }

  @ServerExceptionMapper
  Response withoutLogin(UnauthorizedException e, RoutingContext request) {
    return answer(
        new Refusal(ProblemType.UNAUTHENTICATED, "Log in first: send a JWT as a Bearer token."),
        request);
  }

  @ServerExceptionMapper
  Response withBadLogin(AuthenticationFailedException e, RoutingContext request) {
    return answer(
        new Refusal(ProblemType.UNAUTHENTICATED, "The login is not valid. Log in again."), request);
  }

  @ServerExceptionMapper
  Response withoutRight(ForbiddenException e, RoutingContext request) {
    return answer(
        new Refusal(ProblemType.FORBIDDEN, "This needs a role that the login does not have."),
        request);
  }

  /** Named for itself: the framework has a mapper of its own for this kind. */
  @ServerExceptionMapper
  Response mismatched(MismatchedInputException e, RoutingContext request) {
    return unreadable(e, request);
  }

  @ServerExceptionMapper
  Response unreadable(JsonProcessingException e, RoutingContext request) {
    return answer(UnreadableBody.refusal(e), request);
  }

  @ServerExceptionMapper
  Response fromFramework(WebApplicationException e, RoutingContext request) {
    if (e.getCause() instanceof JsonProcessingException json) {
      return unreadable(json, request);
    }
    return e.getResponse().getStatus() < 500
        ? answer(FrameworkRefusal.of(e), request)
        : unknown(e, request);
  }

  @ServerExceptionMapper
  Response unknown(Throwable e, RoutingContext request) {
    return DatabaseFailure.refusal(e)
        .map(refusal -> answer(refusal, request))
        .orElseGet(() -> broken(e, request));
  }

  private static Response broken(Throwable e, RoutingContext request) {
    DatabaseFailure.loggable(e)
        .ifPresentOrElse(
            reason ->
                LOG.errorf("request failed: method=%s %s", request.request().method(), reason),
            () -> LOG.errorf(e, "request failed: method=%s", request.request().method()));
    return answer(
        new Refusal(
            ProblemType.INTERNAL,
            "Something broke on our side; the request id finds it in our logs."),
        request);
  }

  private static Response answer(Refusal refusal, RoutingContext request) {
    ProblemType type = refusal.type();
    LOG.debugf("refused: problem=%s", type.typeName());
    request.put(ProblemType.class.getName(), type);
    Response.ResponseBuilder response =
        Response.status(type.status())
            .type(PROBLEM_JSON)
            .entity(ProblemBody.of(refusal, RequestId.of(request).value()));
    if (type.status() == 401) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    if (type.retryAfterSeconds() > 0) {
      response.header(HttpHeaders.RETRY_AFTER, type.retryAfterSeconds());
    }
    return response.build();
  }
}
