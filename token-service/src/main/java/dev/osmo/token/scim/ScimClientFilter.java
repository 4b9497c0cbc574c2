package dev.osmo.token.scim;

import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import dev.osmo.http.web.BearerCredential;
import dev.osmo.token.caller.CallerLimits;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Admits only the directory. A wrong credential counts as a failure of its address. */
@Singleton
class ScimClientFilter {

  private static final Refusal REFUSED =
      new Refusal(
          HttpProblem.UNAUTHENTICATED,
          "The credential of the SCIM client is missing or not valid.");

  private final ScimClient client;
  private final CallerLimits limits;

  ScimClientFilter(ScimClient client, CallerLimits limits) {
    this.client = client;
    this.limits = limits;
  }

  /** Continues with an empty result. */
  @ServerRequestFilter
  @ScimClientOnly
  public Uni<Response> admit(HttpServerRequest request) {
    return limits.verifying(request, () -> requireCredential(request)).replaceWith((Response) null);
  }

  private Uni<Boolean> requireCredential(HttpServerRequest request) {
    return BearerCredential.of(request.headers().getAll(HttpHeaders.AUTHORIZATION))
            .filter(client::hasCredential)
            .isPresent()
        ? Uni.createFrom().item(true)
        : REFUSED.toFailure();
  }
}
