package dev.osmo.exchange.signin;

import dev.osmo.exchange.limits.Caller;
import dev.osmo.exchange.limits.Limits;
import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.exchange.provider.DeviceAuthorization;
import dev.osmo.exchange.provider.DeviceRequest;
import dev.osmo.exchange.provider.Provider;
import dev.osmo.exchange.provider.ProviderMetadata;
import dev.osmo.exchange.provider.Providers;
import dev.osmo.exchange.signin.DeviceOutcome.NotStarted;
import dev.osmo.exchange.signin.DeviceOutcome.Started;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Starts sign-ins for devices without a browser. Each one occupies memory at the provider, so the
 * limit of sign-ins by address applies.
 */
@ApplicationScoped
public class DeviceSignIn {

  private final Providers providers;
  private final Limits limits;

  DeviceSignIn(Providers providers, Limits limits) {
    this.providers = providers;
    this.limits = limits;
  }

  public Uni<DeviceOutcome> start(DeviceRequest request) {
    Caller caller = limits.caller();
    Optional<Provider> provider = providers.ofClient(request.clientId());
    if (provider.isEmpty()) {
      return notStarted(
          caller.failed() ? ExchangeProblem.UNKNOWN_CLIENT : ExchangeProblem.TOO_MANY_FAILURES);
    }
    if (!caller.spendSignIn()) {
      return notStarted(ExchangeProblem.TOO_MANY_SIGN_INS);
    }
    return start(request, provider.get());
  }

  private static Uni<DeviceOutcome> start(DeviceRequest request, Provider provider) {
    return provider
        .settings()
        .clients()
        .device()
        .filter(request.clientId()::equals)
        .map(
            unused -> provider.metadata().chain(metadata -> authorize(request, provider, metadata)))
        .orElseGet(() -> notStarted(ExchangeProblem.DEVICE_FLOW_NOT_SUPPORTED));
  }

  private static Uni<DeviceOutcome> authorize(
      DeviceRequest request, Provider provider, Optional<ProviderMetadata> metadata) {
    if (metadata.isEmpty()) {
      return notStarted(ExchangeProblem.PROVIDER_UNAVAILABLE);
    }
    return metadata.get().deviceAuthorizationEndpoint().isEmpty()
        ? notStarted(ExchangeProblem.DEVICE_FLOW_NOT_SUPPORTED)
        : provider.authorize(request).map(DeviceSignIn::outcome);
  }

  private static DeviceOutcome outcome(Optional<DeviceAuthorization> authorization) {
    return authorization
        .<DeviceOutcome>map(Started::new)
        .orElseGet(() -> new NotStarted(ExchangeProblem.PROVIDER_UNAVAILABLE));
  }

  private static Uni<DeviceOutcome> notStarted(ExchangeProblem problem) {
    return Uni.createFrom().item(new NotStarted(problem));
  }
}
