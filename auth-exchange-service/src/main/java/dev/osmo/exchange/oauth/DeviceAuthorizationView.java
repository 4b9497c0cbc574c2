package dev.osmo.exchange.oauth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.osmo.exchange.provider.DeviceAuthorization;
import dev.osmo.exchange.signin.DeviceOutcome;
import dev.osmo.exchange.signin.DeviceOutcome.NotStarted;
import dev.osmo.exchange.signin.DeviceOutcome.Started;
import dev.osmo.http.problem.Refusal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The response of RFC 8628, section 3.2. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeviceAuthorizationView(
    String deviceCode,
    String userCode,
    @Schema(format = "uri") String verificationUri,
    @Schema(format = "uri") @Nullable String verificationUriComplete,
    @Schema(minimum = "1") long expiresIn,
    @Schema(minimum = "1") long interval) {

  static DeviceAuthorizationView of(DeviceOutcome outcome) {
    return switch (outcome) {
      case Started(DeviceAuthorization started) ->
          new DeviceAuthorizationView(
              started.deviceCode(),
              started.userCode(),
              started.verificationUri(),
              started.verificationUriComplete().orElse(null),
              started.expiresIn(),
              started.interval());
      case NotStarted(var problem) -> throw Refusal.of(problem).toException();
    };
  }

  @Override
  public String toString() {
    return "device authorization view";
  }
}
