package dev.osmo.exchange.problem;

import dev.osmo.exchange.database.TooManyReads;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A route that always fails. Only in tests. */
@Path("/test/broken")
public class BrokenResource {

  @GET
  @PermitAll
  public String broken() {
    throw new IllegalStateException("an inner detail");
  }

  @GET
  @Path("/overloaded")
  @PermitAll
  public Uni<String> overloaded() {
    return Uni.createFrom().failure(new TooManyReads());
  }
}
