package dev.osmo.exchange.discovery;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** Where a browser or a device signs in; all null while no identity provider is configured. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record LoginView(
    @Nullable String deviceEndpoint,
    @Nullable String deviceClientId,
    @Nullable String browserEndpoint,
    @Nullable String browserClientId,
    @Nullable String tokenEndpoint,
    @Nullable String logoutEndpoint) {

  static final LoginView WITHOUT_PROVIDER = new LoginView(null, null, null, null, null, null);
}
