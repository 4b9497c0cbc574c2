package dev.osmo.exchange.discovery;

import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.exchange.provider.Provider;
import dev.osmo.exchange.provider.Providers;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Shows clients how to sign in without an access token. */
@Path("/api/auth/login")
@Produces(MediaType.APPLICATION_JSON)
class LoginResource {

  private static final String PROVIDER = "provider";
  private static final Refusal OTHER_PARAMETERS =
      new Refusal(
          HttpProblem.MALFORMED_REQUEST, "The only query parameter of this address is provider.");

  private final Providers providers;
  private final String issuer;

  LoginResource(Providers providers, AuthExchangeConfig config) {
    this.providers = providers;
    this.issuer = config.issuer();
  }

  @GET
  @PermitAll
  @Operation(
      summary =
          "Shows how to sign in without an access token. All addresses are null if no identity"
              + " provider is configured.")
  public Uni<LoginView> login(
      @Parameter(description = "An identity provider; the default is the first one.")
          @RestQuery(PROVIDER)
          @Nullable String name,
      @Context UriInfo address) {
    MultivaluedMap<String, String> query = address.getQueryParameters();
    if (!Set.of(PROVIDER).containsAll(query.keySet())
        || query.values().stream().anyMatch(values -> values.size() > 1)) {
      return OTHER_PARAMETERS.toFailure();
    }
    if (name == null && providers.all().isEmpty()) {
      return Uni.createFrom().item(LoginView.WITHOUT_PROVIDER);
    }
    Optional<Provider> provider = name == null ? providers.first() : providers.named(name);
    return provider
        .map(this::login)
        .orElseGet(() -> Refusal.of(ExchangeProblem.PROVIDER_NOT_FOUND).toFailure());
  }

  private Uni<LoginView> login(Provider provider) {
    return provider
        .confirmedMetadata()
        .onItem()
        .transform(found -> found.orElseThrow(() -> unavailable(provider).toException()))
        .map(metadata -> LoginView.of(provider.settings(), metadata, providers.all(), issuer));
  }

  /** With the name, because another provider may be available. */
  private static Refusal unavailable(Provider provider) {
    return new Refusal(
        ExchangeProblem.PROVIDER_UNAVAILABLE,
        "The identity provider %s is not available, or refuses the requests of this system. Try again in a moment"
            .formatted(provider.settings().name()));
  }
}
