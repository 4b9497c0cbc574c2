package dev.osmo.exchange.problem;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A route without a permission annotation. Only in tests. */
@Path("/test/unannotated")
public class UnannotatedResource {

  @GET
  public String secret() {
    return "secret";
  }
}
