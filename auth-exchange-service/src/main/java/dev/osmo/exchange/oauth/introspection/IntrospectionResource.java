package dev.osmo.exchange.oauth.introspection;

import dev.osmo.exchange.oauth.OAuthForm;
import dev.osmo.exchange.oauth.introspection.IntrospectionResult.Active;
import dev.osmo.exchange.oauth.introspection.IntrospectionResult.Inactive;
import dev.osmo.exchange.oauth.introspection.IntrospectionResult.NotAnswered;
import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import dev.osmo.http.web.BearerCredential;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestHeader;

/**
 * Token introspection, RFC 7662. The route is open to the framework because the caller is
 * authenticated by a database read: {@link Introspection} refuses every other caller.
 */
@Path("/oauth2/introspect")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
class IntrospectionResource {

  private final Introspection introspection;
  private final String issuer;

  IntrospectionResource(Introspection introspection, AuthExchangeConfig config) {
    this.introspection = introspection;
    this.issuer = config.issuer();
  }

  @POST
  @PermitAll
  public Uni<Response> introspect(
      String body, @RestHeader(HttpHeaders.AUTHORIZATION) List<String> authorization) {
    Optional<BearerCredential> caller = BearerCredential.of(authorization);
    Optional<String> token = OAuthForm.read(body).flatMap(form -> form.value("token"));
    if (caller.isEmpty() || token.isEmpty()) {
      return Refusal.of(
              caller.isEmpty() ? HttpProblem.UNAUTHENTICATED : ExchangeProblem.MALFORMED_FORM)
          .toFailure();
    }
    return introspection.introspect(caller.get(), token.get()).map(this::answer);
  }

  private Response answer(IntrospectionResult finding) {
    return switch (finding) {
      case Active active -> found(IntrospectionView.of(active.token(), issuer));
      case Inactive ignored -> found(IntrospectionView.Inactive.VIEW);
      case NotAnswered refused -> throw Refusal.of(refused.problem()).toException();
    };
  }

  private static Response found(Object view) {
    return Response.ok(view).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }
}
