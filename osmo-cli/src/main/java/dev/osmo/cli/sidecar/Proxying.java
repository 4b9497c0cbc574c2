package dev.osmo.cli.sidecar;

import dev.osmo.cli.authproxy.AuthenticatingProxy;
import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.listen.Listener;
import dev.osmo.cli.renewal.RenewedJwts;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.server.Upstreams;
import jakarta.inject.Singleton;
import java.util.function.IntConsumer;

/** Makes the proxy that the options describe. */
@Singleton
class Proxying {
  private final Upstreams upstreams;
  private final Environment environment;

  Proxying(Upstreams upstreams, Environment environment) {
    this.upstreams = upstreams;
    this.environment = environment;
  }

  /**
   * The service of the proxy.
   *
   * @param statuses receives the status of each response
   * @throws dev.osmo.cli.output.Failure if the JWT would be sent unencrypted
   */
  Listener.Service service(ProxyOptions.Target target, RenewedJwts jwts, IntConsumer statuses) {
    ServerUrl url =
        target.url().requireEncryption(environment.allowsHttp(), "set OSMO_ALLOW_HTTP=1");
    return new AuthenticatingProxy(upstreams.to(url), jwts.of(target.rights()), statuses);
  }
}
