package dev.osmo.http.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.osmo.http.denial.Denial;
import dev.osmo.http.request.RequestId;
import io.quarkus.arc.All;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The only translation of failures into responses: precise in the log, without internals for the
 * caller.
 */
@Singleton
public class ProblemMapper {

  /** How to authenticate (RFC 6750, section 3). */
  public static final String CHALLENGE = "Bearer realm=\"osmo\"";

  private static final String INVALID_TOKEN = ", error=\"invalid_token\"";
  private static final String INSUFFICIENT_SCOPE = ", error=\"insufficient_scope\"";

  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

  private final List<FailureTranslator> translators;
  private final List<ProblemRendering> renderings;
  private final List<ForbiddenExplanation> explanations;

  public ProblemMapper(
      @All List<FailureTranslator> translators,
      @All List<ProblemRendering> renderings,
      @All List<ForbiddenExplanation> explanations) {
    this.translators = translators;
    this.renderings = renderings;
    this.explanations = explanations;
  }

  @ServerExceptionMapper
  public Uni<Response> refused(RefusedException e, RoutingContext request) {
    return e.refusal().type() == HttpProblem.FORBIDDEN
        ? forbidden(e.refusal(), request)
        : Uni.createFrom().item(() -> response(e.refusal(), request));
  }

  @ServerExceptionMapper
  public Response unauthenticated(UnauthorizedException e, RoutingContext request) {
    return response(Refusal.of(HttpProblem.UNAUTHENTICATED), request);
  }

  @ServerExceptionMapper
  public Response unauthenticated(AuthenticationFailedException e, RoutingContext request) {
    return response(Refusal.of(HttpProblem.UNAUTHENTICATED), request);
  }

  @ServerExceptionMapper
  public Uni<Response> forbidden(ForbiddenException e, RoutingContext request) {
    return forbidden(Refusal.of(HttpProblem.FORBIDDEN), request);
  }

  private Uni<Response> forbidden(Refusal refusal, RoutingContext request) {
    return Uni.createFrom()
        .deferred(() -> explain(request))
        .onFailure()
        .invoke(failure -> LOG.warnf("a refusal is not explained: %s", failure.getMessage()))
        .onFailure()
        .recoverWithItem(Optional.empty())
        .map(denial -> response(refusal.with(denial.orElse(null)), request));
  }

  private Uni<Optional<Denial>> explain(RoutingContext request) {
    return explanations.isEmpty()
        ? Uni.createFrom().item(Optional.empty())
        : explanations.getFirst().explain(request);
  }

  /** Declared for this type because the framework has its own mapper for it. */
  @ServerExceptionMapper
  public Response mismatched(MismatchedInputException e, RoutingContext request) {
    return unreadable(e, request);
  }

  @ServerExceptionMapper
  public Response unreadable(JsonProcessingException e, RoutingContext request) {
    return response(UnreadableBody.refusal(e), request);
  }

  @ServerExceptionMapper
  public Response fromFramework(WebApplicationException e, RoutingContext request) {
    if (e.getCause() instanceof JsonProcessingException json) {
      return unreadable(json, request);
    }
    int status = e.getResponse().getStatus();
    return status < 500
        ? response(Refusal.of(HttpProblem.ofStatus(status)), request)
        : unknown(e, request);
  }

  @ServerExceptionMapper
  public Response unknown(Throwable e, RoutingContext request) {
    Optional<String> reason = first(translator -> translator.loggable(e));
    Optional<Refusal> refusal = first(translator -> translator.refusal(e));
    if (refusal.isPresent()) {
      reason.ifPresent(text -> LOG.warnf("request refused: %s", text));
      return response(refusal.get(), request);
    }
    reason.ifPresentOrElse(
        text -> LOG.errorf("request failed: method=%s %s", request.request().method(), text),
        () -> LOG.errorf(e, "request failed: method=%s", request.request().method()));
    return response(Refusal.of(HttpProblem.INTERNAL), request);
  }

  private <T> Optional<T> first(Function<FailureTranslator, Optional<T>> question) {
    return translators.stream().map(question).flatMap(Optional::stream).findFirst();
  }

  private Response response(Refusal refusal, RoutingContext request) {
    ProblemType type = refusal.type();
    LOG.debugf("request refused: problem=%s", type.typeName());
    request.put(ProblemType.class.getName(), type);
    Response response =
        renderings.stream()
            .map(rendering -> rendering.render(refusal, request))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseGet(() -> document(refusal, request));
    return withHeaders(response, type, request);
  }

  private static Response document(Refusal refusal, RoutingContext request) {
    return Response.status(refusal.type().status())
        .type(ProblemDocument.MEDIA_TYPE)
        .entity(ProblemDocument.of(refusal, RequestId.of(request)))
        .build();
  }

  /** Has an error code only if the caller sent a credential (RFC 6750, section 3.1). */
  public static String challenge(RoutingContext request) {
    return request.request().headers().contains(HttpHeaders.AUTHORIZATION)
        ? CHALLENGE + INVALID_TOKEN
        : CHALLENGE;
  }

  private static Response withHeaders(Response plain, ProblemType type, RoutingContext request) {
    Response.ResponseBuilder response = Response.fromResponse(plain);
    type.help().ifPresent(link -> response.header(HttpHeaders.LINK, link));
    if (!plain.getHeaders().containsKey(HttpHeaders.WWW_AUTHENTICATE)) {
      if (plain.getStatus() == 401) {
        response.header(HttpHeaders.WWW_AUTHENTICATE, challenge(request));
      } else if (type == HttpProblem.FORBIDDEN) {
        response.header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + INSUFFICIENT_SCOPE);
      }
    }
    if (type.retryAfterSeconds() > 0
        && !request.response().headers().contains(HttpHeaders.RETRY_AFTER)) {
      response.header(HttpHeaders.RETRY_AFTER, type.retryAfterSeconds());
    }
    return response.build();
  }
}
