package dev.osmo.exchange.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** What an operator may turn on. One profile, because each further one starts the service again. */
public final class OptInSettings implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "auth-exchange.token-in-url", "true",
        "auth-exchange.reuse.revokes-token", "true");
  }
}
