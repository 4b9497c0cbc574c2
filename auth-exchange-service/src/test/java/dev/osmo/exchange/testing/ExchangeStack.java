package dev.osmo.exchange.testing;

import dev.osmo.testkit.postgres.MigratedPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** One database and one set of files for all tests that run inside the service. */
public final class ExchangeStack implements QuarkusTestResourceLifecycleManager {

  private MigratedPostgres postgres;
  private WorkloadIssuers issuers;
  private SignInProviders providers;

  @Override
  public Map<String, String> start() {
    postgres = MigratedPostgres.start();
    ServiceSetup setup = ServiceSetup.on(postgres);
    issuers = WorkloadIssuers.start(setup.folder());
    Map<String, String> settings = new HashMap<>(setup.settings());
    settings.put("auth-exchange.trusted-issuers-file", issuers.file().toString());
    providers = SignInProviders.start(setup.folder());
    settings.put("auth-exchange.identity-providers-file", providers.file().toString());
    settings.put("auth-exchange.token-service-url", providers.tokenService());
    settings.put("auth-exchange.sign-in.deadline", "PT10S");
    // Tests that kill the database's connections wait until the listener has reconnected.
    settings.put("auth-exchange.prune.reconnect-pause", "PT0.2S");
    // In these tests only notifications and new connections cause pruning.
    settings.put("auth-exchange.prune.every", "PT1H");
    settings.put("auth-exchange.audiences", "reports,billing");
    settings.put("auth-exchange.resources", "https://reports.test/api");
    // Nothing repairs the keys while a test inspects an invalid state.
    settings.put("auth-exchange.keys.poll", "PT1H");
    settings.put("auth-exchange.keys.stale-after", "PT2H");
    settings.put("auth-exchange.keys.publish-ahead", "PT3H");
    // A test can send more requests at once than may wait.
    settings.put("auth-exchange.verification.queue", "8");
    settings.put("auth-exchange.limits.trusted-proxies", "127.0.0.1,::1");
    settings.put("auth-exchange.limits.failures-per-minute", "300");
    settings.put("auth-exchange.limits.exchanges-per-minute", "100");
    settings.put("auth-exchange.limits.introspections-per-minute", "200");
    return settings;
  }

  @Override
  public void stop() {
    if (postgres != null) {
      postgres.close();
    }
    if (providers != null) {
      providers.close();
    }
    if (issuers != null) {
      issuers.close();
    }
  }
}
