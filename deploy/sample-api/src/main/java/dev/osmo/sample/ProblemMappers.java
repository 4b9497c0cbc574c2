package dev.osmo.sample;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** The one place where a refusal becomes an error body. */
class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
  private static final int MAX_BODY_BYTES = 1 << 20;

  @ServerRequestFilter(preMatching = true)
  @Nullable Response refuseLargeBody(ContainerRequestContext request) {
    return request.getLength() <= MAX_BODY_BYTES
        ? null
        : Problem.response(ProblemType.TOO_LARGE, "A workflow may have 1 MiB at most.");
  }

  @ServerExceptionMapper
  Response refused(ProblemException e) {
    return Problem.response(e.type(), String.valueOf(e.getMessage()));
  }

  @ServerExceptionMapper
  Response noCredentials(UnauthorizedException e) {
    return unauthenticated();
  }

  /**
   * A JWT that cannot be verified is invalid, unless the key set could not be fetched: then the JWT
   * may be valid, and the client should retry.
   */
  @ServerExceptionMapper
  Response notVerified(AuthenticationFailedException e) {
    if (isCausedByFetch(e)) {
      LOG.warn("The key set cannot be fetched", e);
      return Problem.response(
          ProblemType.SERVICE_UNAVAILABLE, "The key set cannot be fetched; try again in a moment.");
    }
    return Response.fromResponse(unauthenticated())
        .header(HttpHeaders.WWW_AUTHENTICATE, null)
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
        .build();
  }

  @ServerExceptionMapper
  Response noSufficientRole(ForbiddenException e) {
    return Problem.response(
        ProblemType.NO_ROLES, "The JWT carries no role that may use workflows.");
  }

  @ServerExceptionMapper
  Response notJson(NotSupportedException e) {
    return Problem.response(ProblemType.NOT_JSON, "The body must be application/json.");
  }

  @ServerExceptionMapper
  Response malformed(WebApplicationException e) {
    return e.getResponse().getStatus() == 400 ? malformed() : e.getResponse();
  }

  @ServerExceptionMapper
  Response wrongShape(MismatchedInputException e) {
    return malformed();
  }

  @ServerExceptionMapper
  Response failed(Exception e) {
    LOG.error("A request failed", e);
    return Problem.response(ProblemType.INTERNAL, "The sample workflow API failed; see its log.");
  }

  private static boolean isCausedByFetch(@Nullable Throwable failure) {
    return failure != null
        && (failure instanceof IOException || isCausedByFetch(failure.getCause()));
  }

  private static Response malformed() {
    return Problem.response(
        ProblemType.BAD_REQUEST, "The body must be a JSON object with a text 'file'.");
  }

  private static Response unauthenticated() {
    return Problem.response(
        ProblemType.UNAUTHENTICATED,
        "A valid JWT is required; exchange a personal access token for one.");
  }
}
