package dev.osmo.token.pat.api;

import dev.osmo.token.pat.rules.TokenPolicy;
import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The limits on access tokens, so that clients can check before they send a request. */
@Cancellable(false)
@Path("/api/configs/policy")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
class PolicyResource {

  private final TokenPolicy policy;

  PolicyResource(TokenServiceSettings settings) {
    this.policy = TokenPolicy.of(settings);
  }

  /** Durations in ISO 8601: lifetimes in days, grace periods in hours. */
  record PolicyView(
      String maximumLifetime,
      String defaultLifetime,
      int maximumLiveTokens,
      int maximumTokens,
      String defaultGrace,
      String maximumGrace) {

    static PolicyView of(TokenPolicy policy) {
      return new PolicyView(
          TokenPolicy.iso(policy.maxLifetime()),
          TokenPolicy.iso(policy.defaultLifetime()),
          policy.maxLiveTokens(),
          policy.maxTokens(),
          policy.defaultGrace().toString(),
          policy.maxGrace().toString());
    }
  }

  @GET
  @Operation(summary = "Shows the limits for new access tokens.")
  public PolicyView show() {
    return PolicyView.of(policy);
  }
}
