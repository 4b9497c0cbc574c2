package dev.osmo.token.profile;

import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The pools a client may choose from: only the default pool. Workflows run in another service. */
@Cancellable(false)
@Path("/api/pool")
@Authenticated
class PoolResource {

  private final String pool;

  PoolResource(TokenServiceSettings settings) {
    this.pool = settings.defaultPool();
  }

  record Gpu(int guarantee, int maximum, int weight) {}

  record Resources(Gpu gpu) {}

  record Platform(
      String description,
      boolean hostNetworkAllowed,
      boolean privilegedAllowed,
      List<String> allowedMounts,
      List<String> defaultMounts) {}

  record Pool(
      String name,
      String description,
      String status,
      String backend,
      String defaultPlatform,
      String defaultExecTimeout,
      String defaultQueueTimeout,
      String maxExecTimeout,
      String maxQueueTimeout,
      Resources resources,
      Map<String, Platform> platforms) {

    static Pool named(String name) {
      return new Pool(
          name,
          "Default pool",
          "ONLINE",
          "local",
          "local",
          "24h",
          "24h",
          "168h",
          "168h",
          new Resources(new Gpu(0, 0, 1)),
          Map.of("local", new Platform("", false, false, List.of(), List.of())));
    }
  }

  record PoolsView(Map<String, Pool> pools) {}

  @GET
  @Operation(summary = "Lists the pools that a client may choose.")
  public PoolsView list(@QueryParam("pools") List<String> requested) {
    boolean shown = requested.isEmpty() || requested.contains(pool);
    return new PoolsView(shown ? Map.of(pool, Pool.named(pool)) : Map.of());
  }
}
