package dev.osmo.exchange.discovery;

import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.exchange.provider.Provider;
import dev.osmo.exchange.provider.Providers;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.http.problem.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Shows clients how to sign in without an access token. */
@Path("/api/auth/login")
@Produces(MediaType.APPLICATION_JSON)
class LoginResource {

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
          @RestQuery("provider")
          @Nullable String name) {
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
        .metadata()
        .onItem()
        .transform(
            found ->
                found.orElseThrow(
                    () -> Refusal.of(ExchangeProblem.PROVIDER_UNAVAILABLE).toException()))
        .map(metadata -> LoginView.of(provider.settings(), metadata, providers.all(), issuer));
  }
}
