package dev.osmo.exchange.problem;

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
}
