package dev.osmo.token.profile;

import dev.osmo.token.settings.TokenServiceSettings;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;

/**
 * The GPUs of the pools, which {@code osmo pool list} shows. Workflows run in another service, so
 * no pool has GPUs here.
 */
@Cancellable(false)
@Path("/api/pool_quota")
@Authenticated
class PoolQuotaResource {

  private final String pool;

  PoolQuotaResource(TokenServiceSettings settings) {
    this.pool = settings.defaultPool();
  }

  /** GPUs, each number as text, as OSMO writes them. */
  record Usage(
      String quotaUsed,
      String quotaFree,
      String quotaLimit,
      String totalUsage,
      String totalCapacity,
      String totalFree) {

    static final Usage NONE = new Usage("0", "0", "0", "0", "0", "0");
  }

  record PoolUsage(
      String name, String description, String status, String backend, Usage resourceUsage) {}

  record NodeSet(List<PoolUsage> pools) {}

  record QuotaView(List<NodeSet> nodeSets, Usage resourceSum) {}

  @GET
  @Operation(summary = "Lists the pools that a client may choose with their GPUs: none.")
  public QuotaView list(@QueryParam("pools") List<String> requested) {
    boolean shown = requested.isEmpty() || requested.contains(pool);
    return new QuotaView(shown ? List.of(nodes()) : List.of(), Usage.NONE);
  }

  private NodeSet nodes() {
    PoolResource.Pool only = PoolResource.Pool.named(pool);
    return new NodeSet(
        List.of(
            new PoolUsage(
                only.name(), only.description(), only.status(), only.backend(), Usage.NONE)));
  }
}
